/** Deliveries as a vendor makes them, with a few faults in them. */

import { createHmac } from "node:crypto";

import { AFTER_SIGNING, BEFORE_SIGNING, SECRETS } from "./faults.mjs";
import { randomEvent } from "./random_events.mjs";

const OFFSETS = [0, 0, 0, 0, 7, -60, 299, 300, 301, -299, -300, -301, -1_000_000, 1_000_000];
const FORMS = {
  standard: (text) => `whsec_${text}`,
  bare: (text) => text,
  unpadded: (text) => `whsec_${text.replaceAll("=", "")}`,
  url: (text) => `whsec_${text.replaceAll("+", "-").replaceAll("/", "_")}`,
};

export function randomDelivery(random) {
  const family = random.pick(["webhook-", "svix-"]);
  const now = 1_700_000_000 + random.below(100_000_000);
  const key = Buffer.from(Array.from({ length: 16 + random.below(49) }, () => random.below(256)));
  const draft = {
    family,
    now,
    key,
    vendor: family === "svix-" ? "clerk" : "liveblocks",
    secret: FORMS[random.pick(Object.keys(FORMS))](key.toString("base64")),
    id: `msg_${random.below(1 << 30).toString(36)}`,
    timestamp: String(now + random.pick(OFFSETS)),
    faults: [],
  };
  draft.body = JSON.stringify(randomEvent(random, draft.vendor));
  const choice = random.below(20);
  if (choice < 8) addFault(draft, AFTER_SIGNING, random);
  else if (choice < 12) addFault(draft, BEFORE_SIGNING, random);
  else if (choice < 13) addFault(draft, SECRETS, random);
  sign(draft);
  if (draft.then) draft.then(draft, random);
  if (random.oneIn(10)) addFault(draft, AFTER_SIGNING, random).then(draft, random);
  return finish(draft, random);
}

/** A fault of the tables is done at once; what it returns is done after the signing. */
function addFault(draft, table, random) {
  const name = random.pick(Object.keys(table));
  draft.faults.push(name);
  if (table === AFTER_SIGNING) draft.then = table[name];
  else table[name](draft, random);
  return draft;
}

function sign(draft) {
  const text = `${draft.id}.${draft.signedTimestamp ?? draft.timestamp}.${draft.body}`;
  draft.signature = createHmac("sha256", draft.key).update(text).digest("base64");
  draft.signatures = `v1,${draft.signature}`;
}

function finish(draft, random) {
  const { family, secret, now, vendor, id, timestamp, signatures, body, faults, signature } = draft;
  const named = [["id", id], ["timestamp", timestamp], ["signature", signatures], ...(draft.twins ?? [])];
  const headers = named.filter(([name]) => name !== draft.missing).map(([name, value]) => [family + name, value]);
  headers.push(...(draft.others ?? []));
  const cased = random.oneIn(4) ? headers.map(([name, value]) => [name.toUpperCase(), value]) : headers;
  return { secret, now, vendor, headers: cased, body, faults, signature };
}
