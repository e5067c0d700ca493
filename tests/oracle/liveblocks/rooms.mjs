// The same calls about rooms through @liveblocks/node and through ours: what is sent, and what is made of the answers.
// Every disagreement must be one that rooms_differences.mjs explains, and every explanation must be needed.
// Usage: node rooms.mjs <rooms_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";

import { ListedDifferences } from "./listed_differences.mjs";
import { roomCalls } from "./rooms_calls.mjs";
import { ACCEPTANCES, REFUSALS, REWRITINGS } from "./rooms_differences.mjs";
import { performRoomCallAtVendor } from "./rooms_vendor.mjs";

const RANDOM_CALLS = 3000;

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const calls = roomCalls(Number(seed), RANDOM_CALLS);
const input = calls.map((call) => JSON.stringify(call)).join("\n");
const output = execFileSync(program, { input, encoding: "utf8", maxBuffer: 1 << 28 });
const ours = output.trim().split("\n").map((line) => JSON.parse(line));

const listed = new ListedDifferences(REFUSALS, ACCEPTANCES, REWRITINGS);
const problems = [];
for (const [i, call] of calls.entries()) {
  const problem = compare(call, normalized(await performRoomCallAtVendor(call)), normalized(ours[i]));
  if (problem) problems.push(`${call.name}: ${problem}\n  ${JSON.stringify(call)}`);
}
problems.push(...listed.idle());
problems.forEach((problem) => console.error(problem));
console.log(`${calls.length} calls, ${listed.count} listed differences, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && ours.length === calls.length ? 0 : 1;

/** What is wrong, if anything. */
function compare(call, vendor, own) {
  const theirs = listed.rewritten(REWRITINGS, call, vendor);
  if (isDeepStrictEqual(anonymous(theirs), anonymous(own))) return undefined;
  const difference = [...REFUSALS, ...ACCEPTANCES].find(({ explains }) => explains(call, theirs, own));
  if (listed.showed(difference)) return undefined;
  return `unexplained\n  vendor ${JSON.stringify(theirs)}\n  ours   ${JSON.stringify(own)}`;
}

/** Texts of our own are not compared. */
function anonymous({ outcome, logs, ...observed }) {
  const ofOurs = (text) => (text === undefined ? undefined : true);
  const { failure, refused, ...rest } = outcome;
  return {
    ...observed,
    outcome: { ...rest, failure: ofOurs(failure), refused: ofOurs(refused) },
    logs: logs.map(([level, text]) => (text.includes("[Liveblocks]") ? [level, text] : [level, "refused"])),
  };
}

/** Requests as values: bodies parsed, header names in one case and order. */
function normalized(observed) {
  const requests = observed.requests.map(({ headers, body, ...rest }) => ({
    ...rest,
    headers: headers.map(([name, value]) => [name.toLowerCase(), value]).sort(),
    body: body ? JSON.parse(body) : undefined,
  }));
  return { ...observed, requests };
}
