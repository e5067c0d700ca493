// The life of rooms on the official development server: what our calls do there, beside what @liveblocks/node sees.
// Usage: node rooms_dev_server.mjs <rooms_oracle>

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { startDevServer } from "../../peers/lib/dev_server.mjs";
import { peer } from "../../peers/lib/peers.mjs";
import { run } from "../../peers/lib/processes.mjs";
import { performRoomCallAtVendor } from "./rooms_vendor.mjs";

const { createClient } = await peer("@liveblocks/client");
const { Liveblocks } = await peer("@liveblocks/node");
const { WebSocket } = await peer("ws");

const [program] = process.argv.slice(2);
const NOT_THERE = [
  ["upsertRoom", { update: { metadata: { a: "b" } } }],
  ["updateRoomId", { newRoomId: "s" }],
  ["prewarmRoom", {}],
  ["broadcastEvent", { event: { type: "ping" } }],
];

class Project {
  constructor(options) {
    this.options = options;
  }

  perform(method, given) {
    const input = JSON.stringify({ options: this.options, method, given });
    return JSON.parse(execFileSync(program, { input, encoding: "utf8" }));
  }

  value(method, given = {}) {
    const { outcome } = this.perform(method, given);
    assert.ok("value" in outcome && Object.keys(outcome).length === 1, `${method}: ${JSON.stringify(outcome)}`);
    return outcome.value;
  }

  /** What Liveblocks said against it. */
  error(method, given = {}) {
    const { outcome } = this.perform(method, given);
    assert.ok(outcome.error, `${method}: ${JSON.stringify(outcome)}`);
    return outcome.error;
  }

  /** The same through both, which changes nothing. */
  async same(method, given = {}) {
    const { outcome } = this.perform(method, given);
    const theirs = await performRoomCallAtVendor({ options: this.options, method, given });
    assert.deepEqual(outcome, theirs.outcome, method);
    return outcome;
  }
}

async function lifeOfARoom(project) {
  const roomId = "acme:plan a/b?c#d%";
  const create = {
    defaultAccesses: [],
    groupsAccesses: { design: ["*:read", "comments:write"] },
    usersAccesses: { alice: ["*:write"], bob: ["*:read"] },
    metadata: { color: "blue", tags: ["x", "y"] },
  };
  const created = project.value("createRoom", { roomId, create });
  assert.equal(created.id, roomId);
  assert.deepEqual(created.usersAccesses, create.usersAccesses);
  assert.deepEqual(created.metadata, create.metadata);
  assert.ok(Math.abs(Date.now() - created.createdAt) < 60_000);

  const duplicate = project.error("createRoom", { roomId, create });
  assert.equal(duplicate.status, 409);
  assert.match(duplicate.message, /already exists/);
  assert.deepEqual(project.value("getOrCreateRoom", { roomId, create: { defaultAccesses: ["*:write"] } }), created);
  assert.deepEqual((await project.same("getRoom", { roomId })).value, created);

  const usersAccesses = { bob: null, carol: ["*:write"] };
  const update = { defaultAccesses: ["*:read"], usersAccesses, metadata: { color: "red" } };
  const updated = project.value("updateRoom", { roomId, update });
  assert.deepEqual(updated.defaultAccesses, ["*:read"]);
  assert.deepEqual(updated.usersAccesses, { alice: ["*:write"], carol: ["*:write"] });
  assert.deepEqual(updated.groupsAccesses, create.groupsAccesses);
  assert.deepEqual(updated.metadata, { color: "red", tags: ["x", "y"] });
  assert.deepEqual((await project.same("getRoom", { roomId })).value, updated);

  assert.equal(project.value("deleteRoom", { roomId }), null);
  for (const [method, given] of [["getRoom", {}], ["updateRoom", { update }], ["getActiveUsers", {}]]) {
    const { error } = await project.same(method, { roomId, ...given });
    assert.equal(error?.status, 404, method);
  }
}

async function manyRooms(project) {
  const ids = Array.from({ length: 45 }, (_, i) => `list:${i}`);
  ids.forEach((roomId) => project.value("createRoom", { roomId, create: { defaultAccesses: ["*:write"] } }));
  const { value } = await project.same("iterRooms");
  assert.deepEqual(new Set(value.map(({ id }) => id)), new Set(ids));
  assert.deepEqual((await project.same("getRooms", { limit: 100 })).value.data, value);
  const bad = await project.same("getRooms", { query: "no such query" });
  assert.equal(bad.error?.status, 422);
}

async function roomWithSomebody(project) {
  const roomId = "list:0";
  assert.deepEqual((await project.same("getActiveUsers", { roomId })).value, []);
  const liveblocks = new Liveblocks(project.options);
  const session = () => liveblocks.prepareSession("alice", { userInfo: { name: "Alice" } }).allow(roomId, ["*:write"]);
  const client = createClient({
    authEndpoint: async () => JSON.parse((await session().authorize()).body),
    baseUrl: project.options.baseUrl,
    polyfills: { WebSocket, fetch },
  });
  const { room, leave } = client.enterRoom(roomId);
  try {
    await connected(room);
    const { value } = await project.same("getActiveUsers", { roomId });
    assert.deepEqual(value.map(({ id, info }) => ({ id, info })), [{ id: "alice", info: { name: "Alice" } }]);
    assert.equal(value[0].connectionId, room.getSelf().connectionId);
  } finally {
    leave();
  }
}

function connected(room) {
  return new Promise((resolve) => {
    const look = (status) => status === "connected" && resolve();
    room.subscribe("status", look);
    look(room.getStatus());
  });
}

async function whatIsNotThere(project) {
  for (const [method, given] of NOT_THERE) {
    const { error } = await project.same(method, { roomId: "list:0", ...given });
    assert.equal(error?.status, 501, method);
    assert.match(error.message, /isn't implemented/);
  }
}

await run(async (processes) => {
  const { url, secretKey } = await startDevServer(processes);
  const project = new Project({ secret: secretKey, baseUrl: url });
  await lifeOfARoom(project);
  await manyRooms(project);
  await roomWithSomebody(project);
  await whatIsNotThere(project);
  console.log("rooms of the dev server live as they should");
});
