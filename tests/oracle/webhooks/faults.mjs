/** What may be wrong with a delivery, by name. Each function spoils a draft. */

const FAMILIES = { "webhook-": "svix-", "svix-": "webhook-" };
const PARTS = { id: "id", timestamp: "timestamp", signature: "signatures" };

function changed(text, random) {
  const at = random.below(text.length);
  const other = text[at] === "A" ? "B" : "A";
  return text.slice(0, at) + other + text.slice(at + 1);
}

function edit(draft, change) {
  const event = JSON.parse(draft.body);
  draft.body = JSON.stringify(change(event) ?? event);
}

/** Liveblocks has no such members. */
function editClerk(draft, members) {
  if (draft.vendor === "clerk") edit(draft, (event) => void Object.assign(event, members));
}

const repeated = (entry, count) => Array(count).fill(entry).join(" ");

/** Signed like anything else. */
export const BEFORE_SIGNING = {
  "timestamp with a tail": (draft, random) => (draft.timestamp += random.pick(["abc", ".7", " "])),
  "timestamp with an unsigned tail": (draft, random) => {
    draft.signedTimestamp = draft.timestamp;
    draft.timestamp += random.pick(["abc", ".7"]);
  },
  "timestamp with a front": (draft, random) => (draft.timestamp = random.pick(["+", " ", "0"]) + draft.timestamp),
  "timestamp with an unsigned front": (draft, random) => {
    draft.signedTimestamp = draft.timestamp;
    draft.timestamp = random.pick(["+", "0"]) + draft.timestamp;
  },
  "timestamp that is no number": (draft) => (draft.timestamp = "abc"),
  "timestamp in milliseconds": (draft) => (draft.timestamp += "000"),
  "id with a dot": (draft) => (draft.id += ".1"),
  "id with a blank": (draft) => (draft.id = draft.id.replace("_", " ")),
  "long id": (draft) => (draft.id = draft.id.padEnd(257, "x")),
  "longest id": (draft) => (draft.id = draft.id.padEnd(256, "x")),
  "body that is not JSON": (draft, random) => (draft.body = random.pick(["not json", "{", ""])),
  "body that is no object": (draft, random) => (draft.body = random.pick(["5", "[]", '"text"', "{}"])),
  "member twice": (draft) => (draft.body = draft.body.replace("{", '{"type":"x",')),
  "unknown type": (draft) => edit(draft, (event) => void (event.type = "unsupportedEventType")),
  "unknown notification": (draft) => edit(draft, () => ({ type: "notification", data: { kind: "other" } })),
  "no data": (draft) => edit(draft, (event) => void delete event.data),
  "event time that is no number": (draft, random) => editClerk(draft, { timestamp: random.pick(["now", 1.5, true, []]) }),
  "instance that is no text": (draft, random) => editClerk(draft, { instance_id: random.pick([5, false, {}]) }),
  "data without members": (draft) => edit(draft, (event) => void (event.data = event.data.kind ? { kind: "thread" } : {})),
};

/** Done to what was signed. */
export const AFTER_SIGNING = {
  "other body": (draft) => (draft.body += " "),
  "other id": (draft, random) => (draft.id = changed(draft.id, random)),
  "other timestamp": (draft) => (draft.timestamp = String(Number.parseInt(draft.timestamp, 10) + 1)),
  "other signature": (draft, random) => (draft.signatures = `v1,${changed(draft.signature, random)}`),
  "signature of another key": (draft) => (draft.signatures = `v1,${Buffer.alloc(32, 7).toString("base64")}`),
  "short signature": (draft) => (draft.signatures = draft.signatures.slice(0, -1)),
  "signature among others": (draft) => (draft.signatures = `v1,bad v2,x ${draft.signatures} v1a,y`),
  "two blanks": (draft) => (draft.signatures = `v1,bad  ${draft.signatures} `),
  "signature without a version": (draft) => (draft.signatures = draft.signature),
  "signature of an empty version": (draft) => (draft.signatures = `,${draft.signature}`),
  "signature of another version": (draft, random) => (draft.signatures = random.pick(["v2,", "v1a,", "V1,"]) + draft.signature),
  "signature with a tail": (draft) => (draft.signatures += ",x"),
  "signatures joined by commas": (draft) => (draft.signatures = `v1,bad,${draft.signatures}`),
  "too many signatures": (draft) => (draft.signatures = `${repeated("v1,bad", 32)} ${draft.signatures}`),
  "many signatures": (draft) => (draft.signatures = `${repeated("v1,bad", 20)} v1,${draft.signature}`),
  "long signature header": (draft) => (draft.signatures += ` v2,${"x".repeat(4096)}`),
  "missing header": (draft, random) => (draft.missing = random.pick(["id", "timestamp", "signature"])),
  "blank header": (draft, random) => (draft[random.pick(["id", "timestamp", "signatures"])] = ""),
  "header of the other family": (draft, random) => {
    const part = random.pick(Object.keys(PARTS));
    draft.others = [[FAMILIES[draft.family] + part, draft[PARTS[part]]]];
  },
  "timestamp twice": (draft) => (draft.twins = [["timestamp", draft.timestamp]]),
  "signature twice": (draft) => (draft.twins = [["signature", draft.signatures]]),
  "id twice": (draft) => (draft.twins = [["id", draft.id]]),
};

/** Secrets that are none. The delivery is signed with what `@liveblocks/node` makes of them. */
export const SECRETS = {
  "secret of nothing": (draft) => setSecret(draft, "whsec_"),
  "short secret": (draft) => setSecret(draft, "whsec_c2hvcnQ="),
  "secret that is not base64": (draft) => setSecret(draft, "whsec_!!!not-valid-base64!!!c2VjcmV0IHNlY3JldCBzZWNyZXQ="),
  "secret with a character too many": (draft) => setSecret(draft, "whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+dA"),
};

function setSecret(draft, secret) {
  draft.secret = secret;
  draft.key = Buffer.from(secret.slice("whsec_".length), "base64");
}
