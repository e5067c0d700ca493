// Two people meet in a task: dev server, task_board, two real browser clients.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startDevServer } from "../peers/lib/dev_server.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { firstError, othersWho, signIn } from "./lib/real_client.mjs";
import { startTaskBoard } from "./lib/task_board.mjs";

const processes = new Processes();
let liveblocks;
let taskBoard;

before(async () => {
  liveblocks = await startDevServer(processes);
  const environment = { LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey, LIVEBLOCKS_BASE_URL: liveblocks.url };
  taskBoard = await startTaskBoard(processes, environment, ["--demo"]);
});

after(() => processes.close());

const enter = (userId, task, members) => {
  const client = signIn(taskBoard.url, liveblocks.url, userId, members);
  return { client, ...client.enterRoom(task, { initialPresence: { cursor: null } }) };
};

const pictureOf = (name) => `${taskBoard.url}/sign-in/avatars/${name}.svg`;

test("two people of one organization see each other's name and avatar", { timeout: 30_000 }, async (t) => {
  const ada = enter("user_ada", "3");
  const grace = enter("user_grace", "3");
  t.after(() => [ada, grace].forEach(({ leave }) => leave()));

  const [seenByAda] = await othersWho(ada.room, (others) => others.length === 1);
  const [seenByGrace] = await othersWho(grace.room, (others) => others.length === 1);

  assert.equal(seenByAda.id, "user_grace");
  assert.deepEqual({ ...seenByAda.info }, { name: "Grace Hopper", avatar: pictureOf("grace") });
  assert.equal(seenByGrace.id, "user_ada");
  assert.deepEqual({ ...seenByGrace.info }, { name: "Ada Lovelace", avatar: pictureOf("ada") });
});

test("a client whose callback sends data of its own enters as who is signed in", { timeout: 30_000 }, async (t) => {
  const ada = enter("user_ada", "3", { userId: "user_grace", page: { path: "/tasks/3", tabs: [1, 2] } });
  const grace = enter("user_grace", "3");
  t.after(() => [ada, grace].forEach(({ leave }) => leave()));

  const [seenByGrace] = await othersWho(grace.room, (others) => others.length === 1);
  assert.equal(seenByGrace.id, "user_ada");
});

test("what one does the other sees", { timeout: 30_000 }, async (t) => {
  const ada = enter("user_ada", "4");
  const grace = enter("user_grace", "4");
  t.after(() => [ada, grace].forEach(({ leave }) => leave()));

  ada.room.updatePresence({ cursor: { x: 0.25, y: 0.5 } });
  const [seen] = await othersWho(grace.room, ([other]) => other?.presence.cursor != null);
  assert.deepEqual({ ...seen.presence.cursor }, { x: 0.25, y: 0.5 });
});

for (const [task, whose] of [["5", "a stranger's"], ["2", "a colleague's own"], ["99", "nobody's"]]) {
  test(`a task that is ${whose} is refused with a reason`, { timeout: 30_000 }, async (t) => {
    const ada = enter("user_ada", task);
    t.after(ada.leave);

    const error = await firstError(ada.client);
    assert.equal(error.message, "Authentication failed: This task is not yours, or there is no such task.");
    assert.equal(ada.room.getStatus(), "disconnected");
  });
}
