// Tokens that the official development server issued: what ours reads in them and says of a room, beside what that server
// and the real client make of them there.
// Usage: node dev_server_permissions.mjs <permission_oracle>

import assert from "node:assert/strict";

import { startDevServer } from "../../peers/lib/dev_server.mjs";
import { peer } from "../../peers/lib/peers.mjs";
import { run } from "../../peers/lib/processes.mjs";
import { valuesPrintedBy } from "../clerk/program.mjs";
import { RESOURCES, readScopes } from "./permission_vendor.mjs";

const { createClient } = await peer("@liveblocks/client");
const { WebSocket } = await peer("ws");

const ROOM_STATE = 104;
const STORAGE = RESOURCES.indexOf("storage");
const [READ, WRITE] = [1, 2];
const ROOM = "acme:é";

/** One entry for the room, exact or with a star: the server follows the rules. */
const SETS = [["*:write"], ["room:write"], ["*:read"], ["room:read", "room:presence:write"], ["*:write", "storage:read"],
  ["*:read", "comments:write", "feeds:none"], ["*:write", "comments:none", "comments:public:write"], ["*:write", "storage:none"],
  ["*:read", "*:write"], ["*:write", "comments:write", "comments:none"]];

/** Permissions of which the server makes something else than Liveblocks and its client do. */
const ELSEWHERE = [
  { why: "an exact entry stands alone", permissions: { "acme:*": ["*:write"], [ROOM]: ["*:read"] } },
  { why: "scopes without a base in an exact entry are all there is", permissions: { "acme:*": ["*:write"], [ROOM]: ["storage:none"] } },
  { why: "the first pattern stands alone", permissions: { "*": ["*:read"], "acme:*": ["*:write"] } },
];

/** What a room grants whoever has an ID token. */
const ROOMS = [
  { defaultAccesses: ["*:write"] },
  { defaultAccesses: ["*:write"], groupsAccesses: { g1: ["*:read"] } },
  { defaultAccesses: ["*:read"], groupsAccesses: { g1: ["*:read", "storage:write"], g2: ["*:write", "storage:none"] } },
  { defaultAccesses: [], usersAccesses: { ada: ["*:write", "storage:none"] }, groupsAccesses: { g2: ["*:read"] } },
  { defaultAccesses: ["*:write", "comments:public:none"], usersAccesses: { ada: ["comments:read"] } },
];

const [program] = process.argv.slice(2);
const ask = (question) => valuesPrintedBy(program, [], JSON.stringify(question))[0];

await run(async (processes) => {
  const { url, secretKey } = await startDevServer(processes);
  const post = async (path, body) => {
    const headers = { Authorization: `Bearer ${secretKey}`, "Content-Type": "application/json" };
    const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
    return response.json();
  };
  const issue = async (permissions) => (await post("/v2/authorize-user", { userId: "René", permissions })).token;

  for (const permissions of SETS.flatMap((scopes) => [{ [ROOM]: scopes }, { "acme:*": scopes, other: ["*:write"] }])) {
    const token = await issue(permissions);
    const { uid, pid, iat, exp, matrix } = ask({ token, room: ROOM });
    assert.deepEqual({ uid, pid, lifetime: exp - iat }, { uid: "René", pid: "localdev", lifetime: 3600 });
    assertGranted(await enter(url, token, ROOM), matrix, permissions);
  }
  for (const { why, permissions } of ELSEWHERE) {
    const token = await issue(permissions);
    const { scopes } = await enter(url, token, ROOM);
    assert.notDeepEqual(readScopes(scopes).matrix, ask({ token, room: ROOM }).matrix, `no longer so: ${why}`);
  }
  for (const [i, accesses] of ROOMS.entries()) {
    const room = `room${i}`;
    await post("/v2/rooms", { id: room, ...accesses });
    const { token } = await post("/v2/identify-user", { userId: "ada", groupIds: ["g1", "g2"] });
    const { k, uid, gids } = ask({ token, room });
    assert.deepEqual({ k, uid, gids }, { k: "id", uid: "ada", gids: ["g1", "g2"] });
    const { defaultAccesses, groupsAccesses = {}, usersAccesses = {} } = accesses;
    const question = { default: defaultAccesses, groups: Object.values(groupsAccesses), user: usersAccesses.ada ?? [] };
    assertGranted(await enter(url, token, room), ask(question).matrix, accesses);
  }
  console.log(`${2 * SETS.length} access tokens and ${ROOMS.length} ID tokens grant what ours says, ${ELSEWHERE.length} something else`);
});

function assertGranted({ scopes, self }, matrix, permissions) {
  const hint = JSON.stringify(permissions);
  assert.deepEqual(readScopes(scopes).matrix, matrix, hint);
  const comments = Math.max(...matrix.slice(RESOURCES.indexOf("comments"), RESOURCES.indexOf("feeds")));
  assert.deepEqual(self, { canWrite: matrix[STORAGE] === WRITE, canComment: comments === WRITE }, hint);
  assert.ok(matrix[0] >= READ, hint);
}

/** The scopes that the server tells a client in the room, and what the client makes of them. */
async function enter(baseUrl, token, roomId) {
  let tell;
  const told = new Promise((resolve) => (tell = resolve));
  class Listening extends WebSocket {
    constructor(...args) {
      super(...args);
      this.on("message", (data) => {
        const message = String(data).startsWith("{") ? JSON.parse(data) : {};
        if (message.type === ROOM_STATE) tell(message.scopes);
      });
    }
  }
  const client = createClient({ authEndpoint: async () => ({ token }), baseUrl, polyfills: { WebSocket: Listening, fetch } });
  const { room, leave } = client.enterRoom(roomId);
  const scopes = await told;
  const self = await new Promise((resolve) => {
    const look = () => room.getSelf() && resolve(room.getSelf());
    room.events.self.subscribe(look);
    look();
  });
  leave();
  return { scopes, self: { canWrite: self.canWrite, canComment: self.canComment } };
}
