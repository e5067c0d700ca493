// Generated params through ably::TokenRequestSigner and Ably's own createTokenRequest(). What both sign has the same
// members and the same mac. What is in docs/differences.md is refused by us with the code that it says, whatever the
// vendor makes of it.
// Usage: node token_requests.mjs <ably_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { isDeepStrictEqual } from "node:util";

import { peer } from "../../peers/lib/peers.mjs";
import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";

const { default: Ably } = await peer("ably");

const COUNT = 5000;
const DAY = 86_400_000;

const KEYS = ["tstApp.keyOne:c2VjcmV0LWZvci10ZXN0cw", "a.b:A-b_C=d+E/f0", "x-y_z.0:s"];
const PIECES = ["a", "Z", "7", "0", "10", "-1", "*", ":", ".", "[", "]", " ", "\"", "\\", "/", "'", "%", "é", "e\u0301", "ß", "部屋", "～",
  "😀", "👩\u200d💻", "\u2028", "\u00ad", "\ufeff", "\ufffd", "__proto__", "constructor", "length"];
const RESOURCE_PIECES = [...PIECES, "\n", "\t", "\b", "\u0001", "\u001f", "\u007f", "\0"];
const WHOLE_RESOURCES = ["*", "[*]*", "[meta]*", "chat:*", "0", "9", "10", "01", "4294967294", "4294967295", "4294967296", "1e3", "-0"];
const OPERATIONS = ["publish", "subscribe", "presence", "object-subscribe", "object-publish", "annotation-subscribe",
  "annotation-publish", "message-update-any", "message-update-own", "message-delete-any", "message-delete-own", "history",
  "stats", "channel-metadata", "push-subscribe", "push-admin", "privileged-headers"];
const NONCE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ \"\\é😀";

/** What we refuse: a change to params that are fine, and the code in the reason. */
const REFUSED = [
  [40012, (params) => ({ ...params, clientId: "" })],
  [40012, (params) => ({ ...params, clientId: (params.clientId ?? "") + random.pick(["\n", "\0", "\u001f", "\u007f"]) })],
  [40012, (params) => ({ ...params, clientId: "x".repeat(1025) })],
  [40003, (params) => ({ ...params, ttl: random.pick([0, -1, DAY + 1, 1e15]) })],
  [40003, (params) => ({ ...params, nonce: random.pick(["", "short", "0123456789abcde", "01234567\n89abcdef"]) })],
  [40000, (params) => ({ ...params, capability: random.pick(["", "{}", "5", "null", "[]", "{bad", '"a"', "true"]) })],
  [40000, (params) => ({ ...params, capability: '{"a":["publish"],"a":["subscribe"]}' })],
  [40000, (params) => withList(params, random.pick([[], "publish", null, 5, { a: ["publish"] }, [1], [["publish"]], [""]]))],
  [40000, (params) => withList(params, random.pick([["publish_"], ["Publish"], ["*", "publish"], ["publish", "*"]]))],
  [40000, (params) => ({ ...params, capability: JSON.stringify({ ...parsed(params), "": ["publish"] }) })],
];

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const cases = Array.from({ length: COUNT }, makeCase);
const answers = valuesPrintedBy(program, [], cases.map(({ params }) => JSON.stringify(params) + "\n").join(""));
const problems = (await Promise.all(cases.map((one, i) => compare(one, answers[i])))).filter(Boolean);
const signed = answers.filter(({ request }) => request).length;
problems.slice(0, 20).forEach((problem) => console.error(problem));
console.log(`${COUNT} params, ${signed} signed, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && signed >= 2000 ? 0 : 1;

function makeCase() {
  const params = makeParams();
  if (!random.oneIn(6)) return { params };
  const [code, change] = random.pick(REFUSED);
  return { params: change(params), code };
}

function makeParams() {
  const params = { key: random.pick(KEYS), timestamp: 1 + random.below(2 ** 32) * random.pick([1, 59_000]), nonce: makeNonce() };
  if (random.oneIn(2)) params.ttl = random.pick([1, DAY, 1 + random.below(DAY)]);
  if (!random.oneIn(4)) params.clientId = random.oneIn(20) ? "*" : random.pick(PIECES.filter((piece) => piece !== "*")) + text(PIECES);
  if (!random.oneIn(4)) params.capability = makeCapability();
  return params;
}

function makeNonce() {
  const characters = [...NONCE];
  return Array.from({ length: 16 + random.below(17) }, () => random.pick(characters)).join("");
}

function text(pieces) {
  return random.list(5, () => random.pick(pieces)).join("");
}

/** JSON text, with white space and escapes that need not be there. */
function makeCapability() {
  const resource = () => (random.oneIn(3) ? random.pick(WHOLE_RESOURCES) : random.pick(RESOURCE_PIECES) + text(RESOURCE_PIECES));
  const grants = [[resource(), makeOperations()], ...random.list(6, () => [resource(), makeOperations()])];
  const json = JSON.stringify(Object.fromEntries(grants), null, random.pick([0, 0, 1, "\t"]));
  return random.oneIn(3) ? json.replace(/[^\0-\x7e]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")) : json;
}

function makeOperations() {
  return random.oneIn(5) ? ["*"] : [random.pick(OPERATIONS), ...random.list(4, () => random.pick(OPERATIONS))];
}

function parsed(params) {
  return JSON.parse(params.capability ?? "{}");
}

function withList(params, operations) {
  return { ...params, capability: JSON.stringify({ ...parsed(params), a: operations }) };
}

/** Repeats count once with us. */
function withoutRepeats(capability) {
  const grants = Object.entries(JSON.parse(capability));
  return Object.fromEntries(grants.map(([resource, operations]) => [resource, [...new Set(operations)]]));
}

async function askVendor({ key, ...params }) {
  if (params.capability) params.capability = withoutRepeats(params.capability);
  const client = new Ably.Rest({ key, logLevel: 0 });
  return JSON.parse(JSON.stringify(await client.auth.createTokenRequest(params)));
}

async function compare({ params, code }, ours) {
  if (code) return ours.refused?.includes(`(Ably ${code})`) ? undefined : describe(params, ours, `refused with ${code}`);
  const theirs = await askVendor(params);
  return isDeepStrictEqual(ours.request, theirs) ? undefined : describe(params, ours, theirs);
}

function describe(params, ours, expected) {
  return [params, ours, expected].map((value) => JSON.stringify(value)).join("\n  ");
}
