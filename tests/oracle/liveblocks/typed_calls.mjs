// The same typed calls through @liveblocks/node and through ours: what is sent, and whether the answer is read. Every
// disagreement must be one that typed_calls_differences.mjs explains, and every explanation must be needed.
// Usage: node typed_calls.mjs <typed_calls_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";

import { ListedDifferences } from "./listed_differences.mjs";
import { REFUSALS, REWRITINGS } from "./typed_calls_differences.mjs";
import { randomTypedCalls } from "./typed_calls_random.mjs";
import { makeTypedCallAtVendor } from "./typed_calls_vendor.mjs";

const TIMES_EACH = 40;

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const calls = randomTypedCalls(Number(seed), TIMES_EACH);
const input = calls.map((call) => JSON.stringify(call)).join("\n");
const output = execFileSync(program, { input, encoding: "utf8", maxBuffer: 1 << 28 });
const ours = output.trim().split("\n").map((line) => JSON.parse(line));

const listed = new ListedDifferences(REFUSALS, REWRITINGS);
const problems = [];
let sent = 0;
for (const [i, call] of calls.entries()) {
  const theirs = listed.rewritten(REWRITINGS, call, await makeTypedCallAtVendor(call));
  const problem = compare(call, theirs, ours[i]);
  if (problem) problems.push(`${call.call}: ${problem}\n  ${JSON.stringify(call)}`);
  if (ours[i].requests.length > 0) sent += 1;
}
problems.push(...listed.idle());
problems.slice(0, 20).forEach((problem) => console.error(problem.slice(0, 4000)));
console.log(`${calls.length} calls, ${sent} sent, ${listed.count} listed differences, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && ours.length === calls.length && sent > calls.length / 2 ? 0 : 1;

/** What is wrong, if anything. */
function compare(call, theirs, own) {
  if (isDeepStrictEqual(normalized(theirs), normalized(own))) return undefined;
  if (listed.showed(REFUSALS.find(({ explains }) => explains(call, theirs, own)))) return undefined;
  return `unexplained\n  vendor ${JSON.stringify(theirs)}\n  ours   ${JSON.stringify(own)}`;
}

/** Requests with their queries in one order, and whether a value was read. */
function normalized({ requests, value, error }) {
  return { requests: requests.map(({ url, ...rest }) => ({ ...rest, url: sorted(url) })), read: value !== undefined, error };
}

function sorted(text) {
  const url = new URL(text);
  url.searchParams.sort();
  return url.href;
}
