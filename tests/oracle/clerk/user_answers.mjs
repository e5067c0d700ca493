// Answers of Clerk's Backend API: the table, and users at random. `differs` tells why the two SDKs are meant to disagree.

const JSON_TYPE = { "content-type": "application/json" };

const ADA = {
  object: "user",
  id: "user_1",
  username: "ada",
  first_name: "Ada",
  last_name: "Lovelace",
  image_url: "https://img.clerk.com/ada",
  has_image: true,
  primary_email_address_id: "idn_2",
  email_addresses: [
    { id: "idn_1", object: "email_address", email_address: "old@example.com", verification: null, linked_to: [] },
    { id: "idn_2", object: "email_address", email_address: "ada@example.com", verification: null, linked_to: [] },
  ],
  phone_numbers: [],
  web3_wallets: [],
  external_accounts: [],
  enterprise_accounts: [],
  banned: false,
  locked: false,
  deprovisioned: false,
  timezone: null,
  public_metadata: { plan: "pro" },
  private_metadata: {},
  unsafe_metadata: { theme: [1, 2, { deep: null }] },
  created_at: 1735689600000,
  updated_at: 1735689600000,
};

const NAMES = [null, "", " ", "Ada", " Ada ", "Jos\u00e9", "\u3000\u592a\u90ce", "a\tb", "\u00a0", "\ufeffx", "\u2028", "\ud83d\ude00", "\u200bz"];

export function answers(seed) {
  const below = generator(seed);
  const pick = (list) => list[below(list.length)];
  const random = Array.from({ length: 300 }, (_, i) =>
    user(`random user ${i}`, {
      first_name: pick(NAMES),
      last_name: pick(NAMES),
      username: pick([null, "ada", "\u00e9"]),
      primary_email_address_id: pick([null, "idn_1", "idn_2", "idn_3", ""]),
      email_addresses: ADA.email_addresses.slice(below(3)),
      banned: pick([false, true, null, undefined]),
      locked: pick([false, true, null, undefined]),
      deprovisioned: pick([false, true, null, undefined]),
      timezone: pick([null, undefined, "Europe/Berlin"]),
      public_metadata: pick([{}, { a: { b: [1.5, "\u00e9", null] } }, { "": true }]),
    }),
  );
  return [...users(), ...failures(), ...random];
}

function users() {
  return [
    user("Ada"),
    user("without names", { first_name: null, last_name: null, username: null }),
    user("without an email address", { primary_email_address_id: null, email_addresses: [] }),
    user("with a dangling email address", { primary_email_address_id: "idn_9" }),
    user("without metadata", { public_metadata: undefined, private_metadata: undefined, unsafe_metadata: undefined }),
    user("with null metadata", { public_metadata: null }, "an object either way"),
    user("somebody else", { id: "user_2" }, "the user who was asked for, or an error"),
    user("without an id", { id: null }, "the same"),
    user("with a name that is no text", { first_name: 5 }, "types are checked"),
    user("with a flag that is no boolean", { deprovisioned: "true" }, "types are checked"),
    user("with metadata that is no object", { public_metadata: "x" }, "types are checked"),
    reply("with a charset", 200, JSON.stringify(ADA), { "content-type": "application/json; charset=utf-8" }, "the body counts, not its label"),
    reply("no JSON", 200, "<html></html>", JSON_TYPE, "a status is told with the error"),
    reply("two ids", 200, '{"id":"user_9","id":"user_1"}', JSON_TYPE, "parsers disagree about duplicate members"),
  ];
}

function failures() {
  const body = (code) => JSON.stringify({ errors: [{ code, message: "m", long_message: "l", meta: {} }], clerk_trace_id: "trace_1" });
  return [
    reply("unknown user", 404, body("resource_not_found")),
    reply("bad key", 401, body("clerk_key_invalid")),
    reply("forbidden", 403, body("authorization_invalid")),
    reply("too many requests", 429, body("rate_limit_exceeded"), { ...JSON_TYPE, "retry-after": "7" }),
    reply("trace id of the network", 500, "{}", { ...JSON_TYPE, "cf-ray": "8e1-FRA" }),
    reply("unavailable until a date", 503, body("x"), { ...JSON_TYPE, "retry-after": "Wed, 01 Jan 2025 00:00:00 GMT" }, "dates are understood"),
    reply("bad gateway", 502, "<html></html>", { "content-type": "text/html" }),
  ];
}

function user(name, changes = {}, differs) {
  return reply(name, 200, JSON.stringify({ ...ADA, ...changes }), JSON_TYPE, differs);
}

function reply(name, status, body, headers = JSON_TYPE, differs = undefined) {
  return { name, answer: { status, headers, body }, differs };
}

/** xorshift32 */
function generator(seed) {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  };
}
