// Requests at random through RequestAuthenticator, by way of tools/inspect_request, and through authenticateRequest()
// of @clerk/backend. Every disagreement must be one that requests_differences.mjs explains, and every explanation must be
// needed.
// Usage: node requests.mjs <inspect_request> [seed] [count]; the seed may also stand in ORACLE_SEED

import { DIFFERENCES, REASONS } from "./requests_differences.mjs";
import { generate, Pool } from "./requests_generator.mjs";
import { Judge } from "./requests_judge.mjs";
import { shrink } from "./requests_shrink.mjs";

const SHOWN_PROBLEMS = 5;

const [program, seed = process.env.ORACLE_SEED ?? "1", count = "21000"] = process.argv.slice(2);
const pool = new Pool();
const judge = new Judge(program, pool);
const outcomes = new Map(REASONS.map((reason) => [reason, 0]));
const differences = new Map(DIFFERENCES.map(({ name }) => [name, 0]));
const failed = [];

for await (const verdict of judge.all([...generate(pool, seed, Number(count))])) {
  const { status, reason } = verdict.theirs;
  add(outcomes, reason ? `${status} ${reason}` : status);
  if (verdict.problem) failed.push(verdict);
  else if (verdict.difference) add(differences, verdict.difference);
}
print("what Clerk's SDK says", outcomes);
print("listed differences", differences);
for (const { line } of failed.slice(0, SHOWN_PROBLEMS)) await report(line);
const missing = [...outcomes, ...differences].filter(([, times]) => times === 0).map(([name]) => name);
missing.forEach((name) => console.error(`never reached: ${name}`));
console.log(`${count} requests, ${differences.size} listed differences, ${failed.length} problems (seed ${seed})`);
process.exitCode = failed.length === 0 && missing.length === 0 ? 0 : 1;

function add(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function print(title, counts) {
  console.log(`${title}:`);
  for (const [name, times] of counts) console.log(`${String(times).padStart(6)} ${name}`);
}

/** Prints the smallest request that shows the problem, as a line for inspect_request. */
async function report(line) {
  const smallest = await shrink(line, async (candidate) => Boolean((await judge.one(candidate)).problem));
  const { ours, theirs, problem } = await judge.one(smallest);
  for (const text of [problem, JSON.stringify(smallest), JSON.stringify(ours), JSON.stringify(theirs)]) console.error(text);
}
