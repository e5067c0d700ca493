// Claims and questions through Auth::has() and @clerk/backend's has(). Every disagreement must be one that
// has_differences.mjs explains, and ours must be the refusal; every explanation must be needed.
// Usage: node has.mjs <clerk_has_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { peer } from "../../peers/lib/peers.mjs";
import { shrink } from "../shrink.mjs";
import { DIFFERENCES } from "./has_differences.mjs";
import { valuesPrintedBy } from "./program.mjs";
import { EXPIRES, LEVELS, PRESETS, randomPairs } from "./random_asks.mjs";

const PAIRS = 6000;
const LEAST_GRANTED = PAIRS / 10;

process.env.CLERK_TELEMETRY_DISABLED = "1";
const { getAuthObjectFromJwt } = await peer("@clerk/backend/internal");

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const pairs = randomPairs(Number(seed), PAIRS);

const answers = compare(pairs);
const granted = answers.filter(({ theirs }) => theirs === "granted").length;
const problems = answers.filter(isProblem);
if (problems.length > 0) report(problems[0].pair);
const idle = DIFFERENCES.filter(({ example }) => !isDifference(...compare([{ ...example, treatPendingAsSignedOut: true }])));
idle.forEach(({ why }) => console.error(`the listed difference does not show: ${why}`));
console.log(`${pairs.length} pairs, ${granted} granted, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length + idle.length === 0 && granted >= LEAST_GRANTED ? 0 : 1;

/** The pairs with the answers of both. */
function compare(asked) {
  if (asked.length === 0) return [];
  const lines = asked.map(({ claims, ...rest }) => JSON.stringify({ ...rest, payload: JSON.stringify(claims) }));
  const ours = valuesPrintedBy(program, [], lines.join("\n"));
  if (ours.length !== asked.length) throw new Error(`${asked.length} pairs, ${ours.length} answers`);
  return asked.map((pair, i) => ({ pair, ours: ours[i], theirs: askVendor(pair) }));
}

function askVendor({ claims, ask, treatPendingAsSignedOut }) {
  try {
    const auth = getAuthObjectFromJwt({ raw: { text: "" }, payload: claims }, { treatPendingAsSignedOut });
    return auth.has(ask) ? "granted" : "denied";
  } catch {
    return "exception";
  }
}

/** Whether only the vendor grants it, for a listed reason. */
function isDifference({ pair, ours, theirs }) {
  return ours !== "granted" && theirs === "granted" && DIFFERENCES.some(({ applies }) => applies(pair));
}

function isProblem(answer) {
  return (answer.ours === "granted") !== (answer.theirs === "granted") && !isDifference(answer);
}

function report(pair) {
  const smallest = shrink(pair, (candidates) => compare(candidates.filter(canBeAsked)).find(isProblem)?.pair);
  const [{ ours, theirs }] = compare([smallest]);
  console.error(`ours ${ours}, vendor ${theirs}: ${JSON.stringify(smallest)}`);
}

/** Whether the token is of today, and our types have words for the question. */
function canBeAsked({ claims, ask, treatPendingAsSignedOut }) {
  if (claims?.exp !== EXPIRES || !ask || treatPendingAsSignedOut === undefined) return false;
  const { reverification } = ask;
  if (reverification === undefined || PRESETS.includes(reverification)) return true;
  return LEVELS.includes(reverification.level) && Number.isInteger(reverification.afterMinutes);
}
