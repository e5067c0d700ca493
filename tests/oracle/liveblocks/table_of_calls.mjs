// Calls whose outcome at the vendor is known; see the unit tests of the same names for what ours makes of them.

export const OPTIONS = { secret: "sk_testingtesting" };
export const TOKEN = { status: 200, headers: [["content-type", "application/json"]], body: hex('{"token":"a.b.c"}') };

const PREPARE = { prepare: { userId: "user-123" } };
const AUTHORIZE = { authorize: true };
const P1 = ["room:read"];
const P2 = ["room:write"];
const P3 = ["comments:read"];

export function hex(text) {
  return Buffer.from(text).toString("hex");
}

export function tableOfCalls() {
  return [...constructions(), ...sessions(), ...requests(), ...answers(), ...identities()];
}

const call = (name, steps, answer = TOKEN, options = OPTIONS) => ({ name, options, steps, answer });
const allow = (...given) => ({ allow: given });
const session = (name, ...steps) => call(name, [PREPARE, ...steps, AUTHORIZE]);

function constructions() {
  const keys = [
    "pk_thisisntsecret", "sk_this…is…truncated", "", "sk", "SK_x", " sk_x", "sk_", "sk_abc\n", "sk_a b", "sk_a.b", "sk_é",
    "sk_valid-key_123", "sk_abc 123!",
  ];
  const urls = [
    "https://custom.example.com", "HTTP://x", "ftp://x", "", " https://x", "httpfoo", "http:", "https://x.example/prefix/",
    "https://x.example/?q=1", "https://u:p@x.example", "https://x.example#f", "http://x.example", "http://localhost:1153",
    "http://localhost", "http://localhost/", "https://localhost/", "http://127.0.0.1:1153", "https://localhost.example.com:1",
  ];
  return [
    ...keys.map((secret) => call(`key ${secret}`, [PREPARE, AUTHORIZE], TOKEN, { secret })),
    ...urls.flatMap((baseUrl) =>
      [TOKEN, "failure"].map((answer) => call(`URL ${baseUrl}`, [PREPARE, AUTHORIZE], answer, { ...OPTIONS, baseUrl })),
    ),
  ];
}

function sessions() {
  const rooms = [
    "xyz", "", "*", "**", "a**", "*a", "foo*bar", "foobar*", " ", "a/b", "a\nb", "\n", "\0", "__proto__", "constructor",
    "a".repeat(128), "a".repeat(129), `${"a".repeat(128)}*`, `${"a".repeat(129)}*`, "😀".repeat(64), "😀".repeat(65),
    `${"😀".repeat(64)}*`, "日".repeat(128), "é".repeat(129),
  ];
  const lists = [
    [], ["x", "y"], ["*:read", "x"], ["*:READ"], ["*:read "], ["*"], ["*:none"], ["room:presence:read"], ["a\nb"],
    ["a".repeat(65)], ["*:read", "*:read", "*:write"], ...KNOWN_PERMISSIONS.map((name) => [name]),
  ];
  const ten = Array.from({ length: 10 }, (_, i) => allow(`room${i}`, P1));
  return [
    ...rooms.flatMap((room) => [[], P1, ["x"]].map((list) => session(`room ${room} ${list}`, allow(room, list)))),
    ...lists.map((list) => session(`permissions ${list}`, allow("r", list))),
    session("merging", allow("foo", P1), allow("bar", P2), allow("foo", P3)),
    session("no duplicates", ...[P1, [...P2, ...P3], [...P1, ...P3], P3, P3].map((list) => allow("r", list))),
    session("an eleventh room", ...ten, allow("one-more-room", P1), allow("*", P1), allow("room7", P2), allow("new", ["x"])),
    session("order", ...["b", "10", "2", "a", "01", "-1"].map((room) => allow(room, P1))),
    session("sealed", allow("r", P1), AUTHORIZE, allow("r", P1), allow("r", []), allow("r", ["x"]), allow("", P1)),
    session("narrowing a pattern", allow("acme:*", P2), allow("acme:1", ["storage:none"])),
    ...["", " ", "a".repeat(200), "日😀"].map((userId) => call(`user ${userId}`, [{ prepare: { userId } }])),
  ];
}

export const KNOWN_PERMISSIONS = [
  "*:read", "*:write", "room:read", "room:write", "storage:read", "storage:write", "storage:none", "comments:read",
  "comments:write", "comments:none", "comments:public:read", "comments:public:write", "comments:public:none",
  "comments:private:read", "comments:private:write", "comments:private:none", "feeds:read", "feeds:write", "feeds:none",
  "room:presence:write",
];

function requests() {
  const given = [
    {}, { userInfo: { a: 1 } }, { userInfo: null }, { organizationId: "o" }, { organizationId: "" },
    { userInfo: {}, organizationId: "o" }, { userInfo: '{"a":1}' }, { userInfo: [1] }, { userInfo: 5 }, { userInfo: true },
    { userInfo: { é: "\u2028\u0000\"\\/\b\f\n\r\t\x7f😀", n: [1.5, -1e21, 1e-7, null, { t: false }] } },
  ];
  return given.map((options) =>
    call(`options ${JSON.stringify(options)}`, [{ prepare: { userId: "u\"\n😀", ...options } }, allow("r", ["*:write"]), AUTHORIZE]),
  );
}

function answers() {
  const statuses = [
    200, 201, 204, 299, 300, 301, 304, 400, 401, 403, 404, 409, 422, 429, 499, 500, 502, 503, 504, 599,
  ];
  const bodies = ["", "00", "efbbbf7b7d", "efbbbfefbbbf61", "61ff7a", "eda080", "f09f98", "c3a9", "3c68746d6c3e"];
  const warnings = ["careful", "", "a\tb\x1bc", "two, words"];
  const answered = (name, answer) => call(name, [PREPARE, allow("r", P1), AUTHORIZE], answer);
  return [
    ...statuses.map((status) => answered(`status ${status}`, { status, headers: [], body: hasBody(status) ? hex("text") : "" })),
    ...bodies.map((body) => answered(`body ${body}`, { status: 200, headers: [], body })),
    ...warnings.flatMap((warning) =>
      [200, 403, 500].map((status) => answered(`warning ${warning}`, { status, headers: [["X-LB-Warn", warning]], body: "" })),
    ),
    answered("two warnings", { status: 200, headers: [["X-LB-Warn", "a"], ["x-lb-warn", "b"]], body: "" }),
    answered("failure", "failure"),
    call("reuse after failure", [PREPARE, AUTHORIZE, AUTHORIZE], "failure"),
  ];
}

export const hasBody = (status) => ![204, 205, 304].includes(status);

function identities() {
  const given = [
    { userId: "u" }, { userId: "u", groupIds: [] }, { groupIds: ["a", "b"], userId: "u" }, { userId: "u", organizationId: "t" },
    { userId: "u", organizationId: "" }, { userId: "" }, { userId: "u", userInfo: { n: 1 }, groupIds: ["a"], organizationId: "o" },
    { userId: "u", userInfo: null }, { userId: "u", userInfo: "{}" },
  ];
  const bases = [{}, { baseUrl: "http://localhost:1153" }, { baseUrl: "http://127.0.0.1:1153" }];
  return [
    ...given.map((identify) => call(`identify ${JSON.stringify(identify)}`, [{ identify }, { identify }])),
    ...bases.map((base) => call("identify without an answer", [{ identify: { userId: "u" } }], "failure", { ...OPTIONS, ...base })),
    call("identify with a warning", [{ identify: { userId: "u" } }], { status: 403, headers: [["X-LB-Warn", "w"]], body: "" }),
  ];
}
