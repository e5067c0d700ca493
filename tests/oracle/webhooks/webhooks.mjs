// Generated deliveries through webhooks::Verifier and the verifiers of npm. Every disagreement must be one that
// differences.mjs lists, for that fault and that vendor, and every entry of the list must show.
// Usage: node webhooks.mjs <webhook_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { isDeepStrictEqual } from "node:util";

import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";
import { RAW_EVENTS, STRICTER, STRICTER_EVENTS } from "./differences.mjs";
import { randomDelivery } from "./random_deliveries.mjs";
import { askVendors } from "./vendors.mjs";

const COUNT = 8000;
const COMPLETE = "@liveblocks/node";
const ENVELOPE = ["type", "data", "event_attributes", "timestamp", "instance_id"];

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const deliveries = Array.from({ length: COUNT }, () => randomDelivery(random));
const answers = valuesPrintedBy(program, [], deliveries.map((one) => JSON.stringify(one) + "\n").join(""));
const shown = new Set();
const problems = [];
let comparisons = 0;
let unnoticed = 0;

for (const [i, delivery] of deliveries.entries()) {
  for (const theirs of await askVendors(delivery)) {
    comparisons += 1;
    const problem = compare(delivery, answers[i], theirs);
    if (problem) problems.push(`${theirs.name}: ${problem}\n  ${JSON.stringify(delivery)}`);
    if (!noticesSpoilt(delivery, answers[i], theirs)) unnoticed += 1;
  }
}
for (const [fault, vendors] of [...Object.entries(STRICTER), ...Object.entries(STRICTER_EVENTS)]) {
  for (const vendor of vendors) {
    if (!shown.has(`${fault}: ${vendor}`)) problems.push(`the listed difference does not show: ${fault}: ${vendor}`);
  }
}
problems.slice(0, 20).forEach((problem) => console.error(problem));
const accepted = answers.filter(({ verified }) => verified).length;
console.log(
  `${COUNT} deliveries, ${accepted} accepted, ${comparisons} comparisons, ${shown.size} listed differences, ` +
    `${problems.length} problems, ${unnoticed} spoilt answers unnoticed (seed ${seed})`,
);
const enough = answers.length === COUNT && accepted > COUNT / 4 && accepted < COUNT;
process.exitCode = problems.length === 0 && unnoticed === 0 && enough ? 0 : 1;

/** What is wrong, if anything. */
function compare(delivery, ours, theirs) {
  if (ours.message.includes(delivery.signature)) return "the message shows the right signature";
  if (ours.verified && !theirs.verified) return `accepted, against "${theirs.message}"`;
  if (!ours.verified) return theirs.verified ? explained(STRICTER, delivery, theirs, ours.message) : undefined;
  return compareEvents(delivery, ours.event, theirs);
}

/** A member of an event, of which a time is at most the last moment of a clock that counts nanoseconds in 64 bits. */
function inRange(name, value) {
  return name === "timestamp" && typeof value === "number" ? Math.min(value, 9223372036854) : (value ?? null);
}

function compareEvents(delivery, ours, theirs) {
  if (ours === null) return theirs.event ? explained(STRICTER_EVENTS, delivery, theirs, "no event") : undefined;
  if (theirs.event === null || theirs.event === undefined) {
    const raw = theirs.name === COMPLETE && ours.kind === 0 && RAW_EVENTS.some((fault) => delivery.faults.includes(fault));
    return raw ? undefined : `read, against "${theirs.message}"`;
  }
  const members = Object.entries(ours.members ?? {}).filter(([name]) => name !== "kind" || delivery.vendor !== "clerk");
  const wrong = members.find(([name, value]) => !isDeepStrictEqual(value, theirs.event.data[name]));
  if (wrong) return `the member ${wrong[0]} differs`;
  const differing = ENVELOPE.find((name) => !isDeepStrictEqual(ours[name] ?? null, inRange(name, theirs.event[name])));
  return differing ? `the ${differing} of the event differs` : undefined;
}

/** Says nothing when a fault of the delivery is listed for that vendor. */
function explained(list, { faults }, { name }, message) {
  const fault = faults.find((fault) => list[fault]?.includes(name));
  if (fault === undefined) return `refused: ${message}`;
  shown.add(`${fault}: ${name}`);
  return undefined;
}

/** An answer turned round must not pass, unless the list allows for it. */
function noticesSpoilt(delivery, ours, theirs) {
  if (ours.verified !== theirs.verified) return true;
  const event = ours.verified ? null : { type: "x", data: {} };
  const listed = delivery.faults.some((fault) => STRICTER[fault]?.includes(theirs.name));
  return listed || compare(delivery, { verified: !ours.verified, message: "", event }, theirs) !== undefined;
}
