// Calls about rooms: those whose outcome is known, and others made at random from a seed.

import { Random } from "../random.mjs";
import { hasBody, hex, KNOWN_PERMISSIONS, OPTIONS } from "./table_of_calls.mjs";

const ROOM = {
  type: "room", id: "r", createdAt: "2026-01-02T03:04:05.678Z", lastConnectionAt: "2026-02-03T04:05:06.000Z",
  organizationId: "default", defaultAccesses: ["*:write"], groupsAccesses: { g: ["*:read", "storage:none"] },
  usersAccesses: {}, metadata: { color: "blue", tags: ["a", "b"] },
};
const USERS = [
  { type: "user", id: "alice", connectionId: 3, info: { name: "Alice" } },
  { type: "user", id: null, connectionId: 4, info: null },
];
const ANSWERS = {
  getRooms: { nextCursor: null, data: [ROOM] }, iterRooms: { nextCursor: null, data: [ROOM] }, deleteRoom: undefined,
  prewarmRoom: undefined, broadcastEvent: undefined, getActiveUsers: { data: USERS },
};
const METHODS = [
  "getRooms", "iterRooms", "createRoom", "getOrCreateRoom", "getRoom", "updateRoom", "upsertRoom", "deleteRoom",
  "updateRoomId", "prewarmRoom", "getActiveUsers", "broadcastEvent",
];
const LEAST = { roomId: "r", newRoomId: "s", create: { defaultAccesses: [] }, update: { defaultAccesses: [] }, event: 1 };
const IDS = [
  "", ".", "..", "a/../b", "a\\.", "...", "a b/c?d#é%", "x*", "*", "r", "acme:plan", "!~'()-_", "\0\n", "日", "😀".repeat(64),
  "😀".repeat(65), "a".repeat(128), "a".repeat(129), "__proto__",
];
const STATUSES = [200, 201, 204, 302, 304, 400, 401, 403, 404, 409, 413, 422, 429, 499, 500, 501, 503];
const CHARACTERS = ["a", "Z", "0", ":", "-", " ", "/", "'", "\"", "\\", "é", "日", "😀", "&", "=", "+", "%", "\u2028", "\n"];

export function roomCalls(seed, count) {
  const random = new RandomRoomCalls(seed);
  const drawn = Array.from({ length: count }, (_, i) => ({ name: `random ${i}`, ...random.call() }));
  return [...tableOfRoomCalls(), ...drawn];
}

const json = (status, value, headers = []) => {
  const body = value === undefined || !hasBody(status) ? "" : hex(JSON.stringify(value));
  return { status, headers: [["content-type", "application/json"], ...headers], body };
};
const text = (status, value) => ({ status, headers: [], body: hex(value) });
const call = (name, method, given, ...answers) => ({ name, options: OPTIONS, method, given, answers });
const success = (method) => json(200, method in ANSWERS ? ANSWERS[method] : ROOM);
const works = (name, method, given) => call(name, method, given, success(method));
const creates = (name, create) => works(name, "createRoom", { ...LEAST, create: { defaultAccesses: [], ...create } });
const updates = (name, update) => works(name, "updateRoom", { roomId: "r", update });

function tableOfRoomCalls() {
  const error = { error: "ROOM_NOT_FOUND", message: "No such room", suggestion: "Look again", docs: "https://docs.example" };
  const bodies = [
    "", "I'm not a JSON response", "null", "[]", "7", "false", "true", '"text"', "{}", '{"message":""}', '{"message":7}',
    '{"message":{"a":1}}', '{"message":"m","message":"n"}', '{"message":"\\ud800"}', "\ufefftext", "m".repeat(5000),
    '{"message":"bad key sk_testingtesting"}', '{"message":"m","suggestion":"s"}', '{"message":"m","docs":"d"}',
    '{"suggestion":7,"docs":["x","y"]}', `${"[".repeat(70)}${"]".repeat(70)}`, '{"message":"a\\nb"}',
  ];
  const noRooms = ["{}", "[]", "1", '{"id":"r"}', "<html>", ""];
  const pages = [{ nextCursor: "c1", data: [ROOM] }, { nextCursor: "c2", data: [] }, { nextCursor: null, data: [ROOM] }];
  return [
    ...METHODS.map((method) => call(`${method} works`, method, LEAST, success(method))),
    ...METHODS.map((method) => call(`${method} fails`, method, LEAST, json(404, error))),
    ...METHODS.map((method) => call(`${method} is not answered`, method, LEAST, "failure")),
    ...METHODS.map((method) => call(`${method} warns`, method, LEAST, json(501, error, [["X-LB-Warn", "careful"]]))),
    ...METHODS.map((method) => call(`${method} is refused`, method, LEAST, json(403, { error: "Forbidden" }))),
    ...bodies.map((body) => call(`error ${body.slice(0, 20)}`, "getRoom", LEAST, text(499, body))),
    ...IDS.flatMap((roomId) => METHODS.map((method) => works(`room ${roomId}`, method, { ...LEAST, roomId }))),
    ...IDS.map((newRoomId) => works(`rename to ${newRoomId}`, "updateRoomId", { ...LEAST, newRoomId })),
    ...noRooms.map((body) => call(`room ${body}`, "getRoom", LEAST, text(200, body))),
    works("all criteria", "getRooms", {
      limit: 10, startingAfter: "2", userId: "u", groupIds: ["g"], organizationId: "o",
      query: { roomId: { startsWith: "liveblocks:" }, metadata: { color: "blue", size: "it's" } },
    }),
    ...[0, 1, 20, 100, 101].map((limit) => works(`limit ${limit}`, "getRooms", { limit })),
    ...[1, 19, 20, 100, 101].map((pageSize) => works(`page of ${pageSize}`, "iterRooms", { pageSize })),
    works("no groups, nobody", "getRooms", { groupIds: [] }),
    works("no groups", "getRooms", { userId: "u", groupIds: [] }),
    works("a comma in a group", "getRooms", { groupIds: ["a,b"] }),
    works("no query", "getRooms", { query: "" }),
    works("a query that cannot be said", "getRooms", { query: { roomId: { startsWith: "\\n" } } }),
    updates("metadata without a key", { metadata: { "": "x" } }),
    works("every beginning", "getRooms", { query: { roomId: { startsWith: "" } } }),
    works("no user", "getRooms", { userId: "" }),
    works("an upsert that creates nothing special", "upsertRoom", { roomId: "r", update: { metadata: { color: "red" } } }),
    creates("no organization", { organizationId: "" }),
    updates("nothing to update", {}),
    creates("empty objects", { usersAccesses: {}, metadata: {} }),
    updates("a user without an id", { usersAccesses: { "": null } }),
    call("a walk", "iterRooms", { userId: "u" }, ...pages.map((page) => json(200, page))),
    call("a walk that fails", "iterRooms", {}, json(200, pages[0]), json(500, error)),
    call("a walk in a circle", "iterRooms", {}, json(200, pages[0]), json(200, pages[0]), json(200, pages[2])),
  ];
}

class RandomRoomCalls extends Random {
  call() {
    const method = this.pick(METHODS);
    const given = {
      roomId: this.id(), newRoomId: this.id(), event: this.event(), update: this.update(),
      ...(method === "upsertRoom" ? this.maybe("create", () => this.creation()) : { create: this.creation() }),
      ...this.filter(),
      ...(method === "getRooms" ? this.maybe("limit", () => this.pick([1, 20, 50, 100])) : {}),
      ...(method === "getRooms" ? this.maybe("startingAfter", () => this.text(8)) : {}),
      ...(method === "iterRooms" ? this.maybe("pageSize", () => this.pick([1, 20, 21, 100])) : {}),
    };
    return { options: OPTIONS, method, given, answers: this.answers(method) };
  }

  maybe(name, make) {
    return this.oneIn(2) ? { [name]: make() } : {};
  }

  text(limit) {
    return this.list(limit, () => this.pick(CHARACTERS)).join("");
  }

  id() {
    if (this.oneIn(12)) return this.pick(IDS);
    return `${this.pick(["acme:", "r", ""])}${this.text(8)}`;
  }

  event() {
    return this.pick([null, 1, "text", [], { type: this.text(5), at: [1, 2.5] }]);
  }

  permissions() {
    return [...new Set(this.list(4, () => this.pick(KNOWN_PERMISSIONS)))];
  }

  byKey(limit, make) {
    return Object.fromEntries(this.list(limit, () => [this.text(5), make()]));
  }

  metadataValue() {
    return this.oneIn(3) ? this.list(3, () => this.text(5)) : this.text(10);
  }

  creation() {
    return {
      defaultAccesses: this.permissions(),
      ...this.maybe("groupsAccesses", () => this.byKey(3, () => this.permissions())),
      ...this.maybe("usersAccesses", () => this.byKey(3, () => this.permissions())),
      ...this.maybe("metadata", () => this.byKey(3, () => this.metadataValue())),
      ...this.maybe("organizationId", () => this.text(6)),
    };
  }

  update() {
    const orNull = (make) => (this.oneIn(4) ? null : make());
    return {
      ...this.maybe("defaultAccesses", () => this.permissions()),
      ...this.maybe("groupsAccesses", () => this.byKey(3, () => orNull(() => this.permissions()))),
      ...this.maybe("usersAccesses", () => this.byKey(3, () => orNull(() => this.permissions()))),
      ...this.maybe("metadata", () => this.byKey(3, () => orNull(() => this.metadataValue()))),
    };
  }

  filter() {
    return {
      ...this.maybe("userId", () => this.text(6)),
      ...this.maybe("groupIds", () => this.list(3, () => this.text(4))),
      ...this.maybe("query", () => this.query()),
      ...this.maybe("organizationId", () => this.text(6)),
    };
  }

  query() {
    if (this.oneIn(3)) return this.text(20);
    return {
      ...this.maybe("roomId", () => ({ startsWith: this.text(8) })),
      ...this.maybe("metadata", () => this.byKey(1, () => this.text(8))),
    };
  }

  answers(method) {
    const pages = method === "iterRooms" ? this.list(4, () => json(200, this.page(this.text(3)))) : [];
    return [...pages, this.answer(method)];
  }

  answer(method) {
    if (this.oneIn(12)) return "failure";
    const headers = this.oneIn(6) ? [["X-LB-Warn", this.pick(["w", "a, b"])]] : [];
    if (this.oneIn(2)) return json(this.pick([200, 201]), this.success(method), headers);
    const status = this.pick(STATUSES);
    if (!hasBody(status)) return { status, headers, body: "" };
    return this.oneIn(5) ? { ...text(status, this.text(12)), headers } : json(status, this.error(), headers);
  }

  success(method) {
    if (method === "getRooms" || method === "iterRooms") return this.page(null);
    if (method === "getActiveUsers") return { data: this.list(3, () => this.pick(USERS)) };
    return method in ANSWERS ? ANSWERS[method] : this.room();
  }

  page(nextCursor) {
    return { nextCursor, data: this.list(3, () => this.room()) };
  }

  room() {
    const { lastConnectionAt, ...room } = ROOM;
    return { ...room, ...this.maybe("lastConnectionAt", () => lastConnectionAt), ...this.creation(), id: `r${this.text(5)}` };
  }

  error() {
    const value = () => this.pick([this.text(10), this.text(10), "", null, 7, "é\n"]);
    return {
      ...this.maybe("error", value), ...this.maybe("message", value), ...this.maybe("reason", value),
      ...this.maybe("suggestion", value), ...this.maybe("docs", value),
    };
  }
}
