// Requests that a backend may make of Liveblocks, and many that it should not.

const PERMISSIONS = ["*:read", "*:write", "room:read", "room:write", "room:presence:write", "storage:none",
  "comments:write", "comments:public:read", "comments:private:none", "feeds:none"];
const IDS = ["a", "b", "acme:1", "acme:2", "é", "日本 😀", "a b/c?d#e%", "it's", 'say "x"', "x".repeat(128)];
const USERS = ["ada", "bob", "grâce", "u".repeat(128)];
const GROUPS = ["design", "sales"];
const TEXTS = ["x", "", "é", "日本", "😀", "a,b", "it's", "\u0001\n\t"];
const JUNK = [null, 5, 1.5, true, "junk", "", [], {}, ["junk"], [5], { a: 5 }, { a: null }, { a: ["junk"] }, { a: [[]] }];
const QUERIES = ["roomId^'acme:'", 'roomId^"it\'s"', "roomId:'b'", "metadata['color']:'x'", `metadata["tags"]:'x'`,
  "metadata['color']:'it\\'s'", "roomId^'a' metadata['color']:'x'", "roomId^'a' AND metadata['color']:'é'",
  " roomId ^ 'a'\tand\nroomId ^ 'acme' ", "metadata['color']:'\\u0041'", "metadata['color']:''", "roomId^'日'",
  "metadata['color']:'\\n'", "roomId:'say \"x\"'"];
const QUERY_PARTS = ["roomId", "metadata", "^", ":", "'a'", '"b"', "['color']", "[", "]", "AND", " and ", "OR", "(", ")",
  "-", "5", " ", "\n", "'", "\\", "null", "color", "''"];
const LIMITED = {
  longUser: (token) => ({ ...token, userId: "u".repeat(129) }),
  noUser: (token) => ({ ...token, userId: "" }),
  longInfo: (token) => ({ ...token, userInfo: { text: "😀".repeat(600) } }),
};
const TOO_MUCH = {
  longPattern: (token) => ({ ...token, permissions: { [`${"r".repeat(129)}*`]: ["*:read"] } }),
  badPattern: (token) => ({ ...token, permissions: { "a*b": ["*:read"] } }),
  emptyPattern: (token) => ({ ...token, permissions: { "": ["*:read"] } }),
  eleven: (token) => ({ ...token, permissions: Object.fromEntries(IDS.concat("11").map((id) => [id, ["*:read"]])) }),
  emptyList: (token) => ({ ...token, permissions: { r: [] } }),
};
const IMPOSSIBLE_ROOMS = {
  longId: () => ({ id: "r".repeat(129) }),
  unknownScope: () => ({ defaultAccesses: ["room:delete"] }),
  manyEntries: () => ({ metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "x"])) }),
  longKey: () => ({ metadata: { ["k".repeat(41)]: "x" } }),
  longValue: () => ({ metadata: { k: ["x".repeat(257)] } }),
  manyUsers: () => ({ usersAccesses: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`u${i}`, []])) }),
  longGroup: () => ({ groupsAccesses: { ["g".repeat(257)]: [] } }),
};

/** The next request, and those that put both sides at one again when they may have parted over it. */
export function randomRequests(random) {
  const [request, touched = []] = weighted(random)(random);
  if (random.oneIn(25)) request.headers = randomKey(random);
  const isGarbled = request.body !== undefined && random.oneIn(20);
  if (isGarbled) request.body = garbled(random, request.body);
  return [request, ...(isGarbled ? IDS : touched).map((id) => asking("DELETE", pathOf(id)))];
}

const KINDS = [[20, authorize], [12, identify], [18, create], [14, update], [8, get], [18, list], [6, remove],
  [3, activeUsers], [12, storage], [7, elsewhere], [4, oddPath]];
const weighted = (random) => {
  let left = random.below(KINDS.reduce((sum, [weight]) => sum + weight, 0));
  return KINDS.find(([weight]) => (left -= weight) < 0)[1];
};

const asking = (method, target, body) => ({
  method,
  target,
  headers: { Authorization: "Bearer sk_localdev", "Content-Type": "application/json" },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const pathOf = (id) => `/v2/rooms/${encodeURIComponent(id)}`;

function randomKey(random) {
  const values = ["", "Bearer", "Bearer sk_other", "bearer sk_localdev", "Basic sk_localdev", "Bearer pk_localdev"];
  return random.oneIn(5) ? {} : { Authorization: random.pick(values) };
}

function garbled(random, text) {
  const texts = ["", "{", "null", "5", '"x"', "[]", "\u0000", text.slice(0, -1), `${text} x`, ` ${text}\n`,
    '{"userId":"a","userId":"b","id":"a"}', '{"userId":"\\ud800","permissions":{},"id":5}'];
  return random.pick(texts);
}

/** One value in it replaced, taken out or added. */
function spoilt(random, body) {
  const names = Object.keys(body);
  const name = random.pick([...names, "extra"]);
  const { [name]: old, ...others } = body;
  if (random.oneIn(3)) return others;
  const inside = old !== null && typeof old === "object" && !Array.isArray(old) && random.oneIn(2);
  return { ...body, [name]: inside ? spoilt(random, old) : random.pick(JUNK) };
}

const scopes = (random) => random.list(3, () => random.pick(PERMISSIONS));
const object = (random, limit, names, value) =>
  Object.fromEntries(random.list(limit, () => [random.pick(names), value(random)]));
const metadata = (random) =>
  object(random, 3, ["color", "tags", "größe"], () =>
    random.oneIn(3) ? random.list(3, () => random.pick(TEXTS)) : random.pick(TEXTS));
const userInfo = (random) => ({ name: random.pick(TEXTS), ...(random.oneIn(2) ? { level: 3, tags: [null, {}] } : {}) });
const maybe = (random, members) => Object.fromEntries(Object.entries(members).filter(() => random.oneIn(2)));

function authorize(random) {
  const permissions = object(random, 4, [...IDS, "acme:*", "*"], () => [random.pick(PERMISSIONS), ...scopes(random)]);
  const token = { userId: random.pick(USERS), permissions, ...maybe(random, { userInfo: userInfo(random) }) };
  if (random.oneIn(2)) token.organizationId = random.pick(["acme", ""]);
  return [asking("POST", "/v2/authorize-user", bent(random, token, { ...LIMITED, ...TOO_MUCH }))];
}

function identify(random) {
  const groupIds = random.list(3, () => random.pick(GROUPS));
  const token = { userId: random.pick(USERS), ...maybe(random, { groupIds, userInfo: userInfo(random) }) };
  return [asking("POST", "/v2/identify-user", bent(random, token, LIMITED))];
}

function bent(random, token, limits) {
  if (random.oneIn(4)) return spoilt(random, token);
  return random.oneIn(6) ? random.pick(Object.values(limits))(token) : token;
}

function roomMembers(random) {
  return maybe(random, {
    groupsAccesses: object(random, 2, GROUPS, scopes),
    usersAccesses: object(random, 2, USERS, scopes),
    metadata: metadata(random),
  });
}

/** The body, and whether both sides may part over it. */
function perhapsSpoilt(random, body) {
  if (random.oneIn(5)) return [spoilt(random, body), true];
  if (random.oneIn(5)) return [{ ...body, ...random.pick(Object.values(IMPOSSIBLE_ROOMS))() }, true];
  return [body, false];
}

function create(random) {
  const id = random.pick(IDS);
  const whole = { id, defaultAccesses: scopes(random), ...roomMembers(random) };
  if (random.oneIn(3)) whole.organizationId = random.pick(["acme", "other"]);
  const [body, parts] = perhapsSpoilt(random, whole);
  const target = random.pick(["/v2/rooms", "/v2/rooms", "/v2/rooms/", "/v2/rooms?idempotent", "/v2/rooms?x&idempotent=0"]);
  const made = body.id === "" ? "a" : body.id;
  return [asking("POST", target, { ...body, id: made }), parts ? [id, made].filter((one) => typeof one === "string") : []];
}

function update(random) {
  const id = random.pick(IDS);
  const changes = { ...roomMembers(random), ...maybe(random, { defaultAccesses: scopes(random) }) };
  for (const name of ["usersAccesses", "groupsAccesses"]) {
    for (const key of Object.keys(changes[name] ?? {})) if (random.oneIn(3)) changes[name][key] = null;
  }
  const [body, parts] = perhapsSpoilt(random, changes);
  if (random.oneIn(8)) return [asking("POST", pathOf(id), { metadata: { color: null } }), [id]];
  const { id: _, ...withoutId } = body;
  return [asking("POST", pathOf(id), withoutId), parts ? [id] : []];
}

function get(random) {
  return [asking("GET", pathOf(random.pick(IDS)) + random.pick(["", "", "/", "?x=1"]))];
}

function remove(random) {
  return [asking("DELETE", pathOf(random.pick(IDS)))];
}

function activeUsers(random) {
  return [asking("GET", `${pathOf(random.pick(IDS))}/${random.pick(["active-users", "active_users"])}`)];
}

function list(random) {
  const query = random.oneIn(3) ? random.list(6, () => random.pick(QUERY_PARTS)).join("") : random.pick(QUERIES);
  const parameters = maybe(random, {
    limit: random.pick(["1", "2", "100", "100", "0", "101", "x"]),
    userId: random.pick([...USERS, ""]),
    groupIds: random.pick(["design", "sales,design", ""]),
    organizationId: random.pick(["acme", "default", "none", ""]),
    query,
    "metadata.color": random.pick(TEXTS),
    startingAfter: "made up",
  });
  const kept = Object.entries(parameters).filter(([name]) => random.oneIn(name === "startingAfter" ? 12 : 2));
  const text = new URLSearchParams(kept).toString();
  const spoiling = random.oneIn(30) ? "%zz" : "";
  return [asking("GET", `/v2/rooms${text || spoiling ? "?" : ""}${text}${spoiling ? `&userId=${spoiling}` : ""}`)];
}

const node = (liveblocksType, data) => ({ liveblocksType, data });

/** A value of a document, with nodes inside. */
function documentValue(random, depth) {
  if (depth === 0 || random.oneIn(2)) return random.pick([...TEXTS, 0, -1.5, true, null]);
  const items = () => random.list(3, () => documentValue(random, depth - 1));
  const members = () => object(random, 3, ["a", "b/c", "é", "~"], () => documentValue(random, depth - 1));
  return random.pick([() => node("LiveList", items()), () => node("LiveMap", members()), () => node("LiveObject", members())])();
}

function storage(random) {
  const id = random.pick(IDS);
  const path = `${pathOf(id)}/storage`;
  if (random.oneIn(4)) return [asking("DELETE", path)];
  if (random.oneIn(2)) return [asking("GET", path + random.pick(["", "?format=json", "?format=plain-lson", "?format=xml"]))];
  if (random.oneIn(8)) return [asking("PATCH", `${path}/json-patch`, [{ op: "add", path: "/a", value: 1 }]), [id]];
  const document = node("LiveObject", object(random, 3, ["a", "b"], () => documentValue(random, 3)));
  const isSpoilt = random.oneIn(6);
  const spoiling = [{}, [], null, node("LiveMap", {}), node("LiveObject", []), { data: {} }, node("LiveObject")];
  return [asking("POST", path, isSpoilt ? random.pick(spoiling) : document)];
}

function elsewhere(random) {
  const id = random.pick(IDS);
  const [method, action, body] = random.pick([
    ["POST", "/upsert", { update: { defaultAccesses: [] } }],
    ["POST", "/upsert", {}],
    ["POST", "/update-room-id", { newRoomId: "renamed" }],
    ["GET", "/prewarm"],
    ["POST", "/broadcast-event", { type: "reload" }],
    ["GET", "/threads"],
  ]);
  return [asking(method, pathOf(id) + action, body), [id, "renamed"]];
}

function oddPath(random) {
  const targets = ["/v2", "/v2/nope", "/v2/rooms/a/nope", "/v2/rooms/a/b/c", "/v2/authorize-user/x", "/v2/authorize-user/",
    "/v2/rooms//active-users", "/v2/rooms//", "/v2/rooms/%zz", "/v2/rooms/%E0%A4", "/v2/rooms/.", "/v2/rooms/..",
    "/v2/rooms/%2e%2E/", "/v2/rooms/a/../../rooms", "/v2//rooms", "/V2/rooms", "/v2/Rooms", "/v2/rooms/a/active-users/"];
  const method = random.pick(["GET", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]);
  return [asking(method, random.pick(targets), method === "GET" || method === "OPTIONS" ? undefined : {})];
}
