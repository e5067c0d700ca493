// The same calls through @liveblocks/node and through ours, compared as values. Every disagreement must be one that
// differences.mjs explains, and every explanation must be needed.
// Usage: node calls.mjs <liveblocks_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";

import { ADDITIONS, CLEANINGS, CONSTRUCTIONS, REFUSALS, REWRITINGS } from "./differences.mjs";
import { ListedDifferences } from "./listed_differences.mjs";
import { randomCalls } from "./random_calls.mjs";
import { tableOfCalls } from "./table_of_calls.mjs";
import { performAtVendor } from "./vendor.mjs";

const RANDOM_CALLS = 1500;

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const calls = [...tableOfCalls(), ...randomCalls(Number(seed), RANDOM_CALLS)];
const input = calls.map((call) => JSON.stringify(call)).join("\n");
const output = execFileSync(program, { input, encoding: "utf8", maxBuffer: 1 << 28 });
const ours = output.trim().split("\n").map((line) => JSON.parse(line));

const listed = new ListedDifferences(ADDITIONS, CLEANINGS, CONSTRUCTIONS, REFUSALS, REWRITINGS);
const problems = [];
for (const [i, call] of calls.entries()) {
  const problem = await compare(call, withoutAdditions(normalized(ours[i])));
  if (problem) problems.push(`${call.name}: ${problem}\n  ${JSON.stringify(call)}`);
}
problems.push(...listed.idle());
problems.forEach((problem) => console.error(problem));
console.log(`${calls.length} calls, ${listed.count} listed differences, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && ours.length === calls.length ? 0 : 1;

/**
 * What is wrong, if anything. A step that is refused here for a listed reason must be without effect: the vendor's
 * outcome is then that of the call without it. Options that are cleaned here must lead to what the clean ones lead to.
 */
async function compare(call, own) {
  const theirs = listed.rewritten(REWRITINGS, call, normalized(await performAtVendor(call)));
  if (isDeepStrictEqual(theirs, own)) return undefined;
  if (listed.showed(CONSTRUCTIONS.find(({ explains }) => explains(call.options, theirs.construction, own.construction)))) {
    return undefined;
  }
  const cleaning = own.construction === null && CLEANINGS.find(({ clean }) => !isDeepStrictEqual(clean(call.options), call.options));
  if (cleaning && listed.showed(cleaning)) return compare({ ...call, options: cleaning.clean(call.options) }, own);
  const at = theirs.steps.findIndex((step, i) => !isDeepStrictEqual(step, own.steps[i]));
  const step = call.steps[at];
  if (step && listed.showed(REFUSALS.find(({ explains }) => explains(step, theirs.steps[at], own.steps[at])))) {
    if (step.prepare) return undefined;
    return compare({ ...call, steps: call.steps.toSpliced(at, 1) }, { ...own, steps: own.steps.toSpliced(at, 1) });
  }
  return `unexplained\n  vendor ${JSON.stringify(theirs)}\n  ours   ${JSON.stringify(own)}`;
}

function withoutAdditions(own) {
  const logs = own.logs.filter(([, text]) => !listed.showed(ADDITIONS.find(({ adds }) => adds(text))));
  return { ...own, logs };
}

/** Requests as values: bodies parsed, header names in one case and order. */
function normalized(outcome) {
  const requests = outcome.requests.map(({ headers, body, ...rest }) => ({
    ...rest,
    headers: headers.map(([name, value]) => [name.toLowerCase(), value]).sort(),
    body: JSON.parse(body),
  }));
  return { ...outcome, requests };
}
