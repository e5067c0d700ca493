// Who may enter which room with an ID token: dev server, the example id_tokens, real browser clients.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startDevServer } from "../peers/lib/dev_server.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { connect, firstError, othersWho } from "./lib/real_client.mjs";

const [program] = process.argv.slice(2);
const processes = new Processes();
const TIMEOUT = { timeout: 30_000 };
const NO_ACCESS = "You have no access to this room";
let liveblocks;
let endpoint;

const start = (...args) => {
  const env = { PATH: process.env.PATH, LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey, LIVEBLOCKS_BASE_URL: liveblocks.url };
  return processes.start("id_tokens", program, args, { env });
};

/** Runs a command until it ends, and returns the lines that it printed. */
async function order(...args) {
  const child = start(...args);
  assert.deepEqual(await child.exited, { code: 0, signal: null }, child.output);
  return child.lines;
}

before(async () => {
  liveblocks = await startDevServer(processes);
  const [, url] = await start("serve").match(/^ready: (http:\S+)$/);
  endpoint = `${url}/api/liveblocks-auth`;
  for (const room of ["design", "roadmap"]) await order("create", room, "product");
});

after(() => processes.close());

/** Creates a client for each visit, like a page that is reloaded. */
function enter(t, userId, roomId) {
  const client = connect(liveblocks.url, endpoint, async () => `session-${userId}`);
  const refused = firstError(client);
  const { room, leave } = client.enterRoom(roomId, { initialPresence: {} });
  t.after(leave);
  return { room, entered: room.waitUntilPresenceReady(), refused };
}

async function assertRefused(t, userId, roomId) {
  const { room, entered, refused } = enter(t, userId, roomId);
  const error = await Promise.race([refused, entered]);
  assert.equal(error?.message, NO_ACCESS, `${userId} in ${roomId}`);
  assert.equal(room.getStatus(), "disconnected");
}

async function assertEnters(t, userId, roomId) {
  const { room, entered, refused } = enter(t, userId, roomId);
  const error = await Promise.race([refused, entered]);
  assert.equal(error, undefined, `${userId} in ${roomId}`);
  return room;
}

test("a private room is open to the members of its group, and closed to strangers", TIMEOUT, async (t) => {
  const room = await assertEnters(t, "alice", "design");
  assert.equal(room.getSelf().canWrite, true);
  await assertRefused(t, "bob", "design");
  await assertRefused(t, "carol", "design");
});

test("a guest enters the one room, until taken out", TIMEOUT, async (t) => {
  const lines = await order("invite", "design", "carol");
  assert.ok(lines.includes("carol: room read, storage read, comments write, feeds read"));

  const [alice, carol] = [await assertEnters(t, "alice", "design"), await assertEnters(t, "carol", "design")];
  const [seen] = await othersWho(alice, (others) => others.length === 1);
  assert.equal(seen.id, "carol");
  assert.deepEqual({ ...seen.info }, { name: "Carol" });
  assert.deepEqual([carol.getSelf().canWrite, carol.getSelf().canComment], [false, true]);
  await assertRefused(t, "carol", "roadmap");
  await assertRefused(t, "bob", "design");

  assert.ok((await order("remove", "design", "carol")).includes("carol: nothing"));
  await assertRefused(t, "carol", "design");
  await assertEnters(t, "alice", "design");
});

test("a room that is not there opens to nobody", TIMEOUT, async (t) => {
  await assertRefused(t, "alice", "nowhere");
});

test("where rooms cannot be renamed the migration says so, and leaves them alone", TIMEOUT, async (t) => {
  const child = start("migrate", "product", "acme:product:");
  assert.deepEqual(await child.exited, { code: 1, signal: null });
  for (const room of ["design", "roadmap"]) {
    assert.match(child.output, new RegExp(`^${room} is not renamed: .*isn't implemented in the Liveblocks dev server`, "m"));
  }
  assert.match(child.output, /^0 renamed, 0 already named so, 2 failed$/m);
  await assertEnters(t, "alice", "roadmap");
});
