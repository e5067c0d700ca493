// The tokens of clerk_token_oracle through @clerk/backend's verifyToken(). Every disagreement must be one that
// token_differences.mjs explains, and every explanation must be needed.
// Usage: node tokens.mjs <clerk_token_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { peer } from "../../peers/lib/peers.mjs";
import { valuesPrintedBy } from "./program.mjs";
import { CLAIM_DIFFERENCES, DIFFERENCES, ORDERS, VENDOR_REASONS } from "./token_differences.mjs";

const RANDOM_TOKENS = 1500;

process.env.CLERK_TELEMETRY_DISABLED = "1";
const { verifyToken } = await peer("@clerk/backend");
const { signedInAuthObject } = await peer("@clerk/backend/internal");

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const rows = valuesPrintedBy(program, [seed, String(RANDOM_TOKENS)]);
const shown = new Set();
const problems = [];

for (const row of rows) {
  const theirs = await askVendor(row);
  const problem = compareOutcomes(row, theirs) ?? compareClaims(row, theirs);
  if (problem) problems.push(`${row.faults.join(" + ")}: ${problem}\n  ${row.token}`);
}
for (const fault of [...DIFFERENCES, ...CLAIM_DIFFERENCES].flatMap((difference) => difference.faults)) {
  if (!shown.has(fault)) problems.push(`the listed difference does not show: ${fault}`);
}
problems.forEach((problem) => console.error(problem));
console.log(`${rows.length} tokens, ${shown.size} listed differences, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && rows.length > RANDOM_TOKENS ? 0 : 1;

/** What the vendor makes of a token. */
async function askVendor({ token, clockMs, options }) {
  const now = Date.now;
  Date.now = () => clockMs;
  try {
    const claims = await verifyToken(token, options);
    return { outcome: "ok", ...describe(signedInAuthObject({}, token, claims)) };
  } catch (error) {
    return { outcome: error.reason ?? "exception" };
  } finally {
    Date.now = now;
  }
}

function describe(auth) {
  return {
    userId: auth.userId,
    sessionId: auth.sessionId,
    pending: auth.sessionStatus === "pending",
    factorVerificationAge: auth.factorVerificationAge ?? undefined,
    actor: auth.actor?.sub,
    orgId: auth.orgId,
    orgRole: auth.orgRole ?? (auth.orgId && ""),
    orgSlug: auth.orgSlug ?? (auth.orgId && ""),
    orgPermissions: auth.orgPermissions ?? (auth.orgId && []),
  };
}

/** A token with several faults may show any of their differences. */
function compareOutcomes({ faults, ours }, theirs) {
  if (VENDOR_REASONS[ours.outcome] === theirs.outcome) return undefined;
  const isOrder = ({ first, then }) => first === ours.outcome && then === theirs.outcome;
  if (faults.length > 1 && ORDERS.some(isOrder)) return undefined;
  const explains = ({ ours: outcome, vendor }) =>
    outcome === ours.outcome && (faults.length > 1 || vendor === theirs.outcome);
  return isExplained(DIFFERENCES.filter(explains), faults)
    ? undefined
    : `ours ${ours.outcome}, vendor ${theirs.outcome}`;
}

function compareClaims({ faults, ours }, theirs) {
  if (ours.outcome !== "ok" || theirs.outcome !== "ok") return undefined;
  const names = Object.keys({ ...ours, ...theirs });
  const differing = names.filter((name) => JSON.stringify(ours[name]) !== JSON.stringify(theirs[name]));
  const isUnexplained = (name) =>
    !isExplained(CLAIM_DIFFERENCES.filter(({ claims }) => claims.includes(name)), faults);
  const unexplained = differing.filter(isUnexplained);
  if (unexplained.length === 0) return undefined;
  const tell = (name) => `${name} ${JSON.stringify(ours[name])}, vendor ${JSON.stringify(theirs[name])}`;
  return unexplained.map(tell).join("; ");
}

/** Whether one of the differences lists one of the faults, and notes which. */
function isExplained(differences, faults) {
  const listed = differences.flatMap((difference) => difference.faults).filter((fault) => faults.includes(fault));
  listed.forEach((fault) => shown.add(fault));
  return listed.length > 0;
}
