// How task_board starts and stops.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { bun } from "../peers/lib/bun.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { fixtureFor } from "./lib/fixture.mjs";
import { send } from "./lib/http.mjs";
import { launchTaskBoard, startTaskBoard } from "./lib/task_board.mjs";

const processes = new Processes();
after(() => processes.close());

const enough = { LIVEBLOCKS_SECRET_KEY: "sk_test", CLERK_JWT_KEY: (await new FakeClerk(processes).start()).pem };

for (const [what, environment, args, message] of [
  ["no Clerk", { ...enough, CLERK_JWT_KEY: "" }, [], /CLERK_JWT_KEY, CLERK_SECRET_KEY or CLERK_PUBLISHABLE_KEY.*--demo/],
  ["no Liveblocks key", { ...enough, LIVEBLOCKS_SECRET_KEY: "" }, [], /LIVEBLOCKS_SECRET_KEY: it is not set/],
  ["a Liveblocks key that is public", { ...enough, LIVEBLOCKS_SECRET_KEY: "pk_live_x" }, [], /sk_/],
  ["an invalid Clerk key", { ...enough, CLERK_JWT_KEY: "nonsense" }, [], /key/i],
  ["an authorized party that is no origin", { ...enough, CLERK_AUTHORIZED_PARTIES: "app.example" }, [], /authorizedParties.*https:/],
  ["a list of authorized parties without any", { ...enough, CLERK_AUTHORIZED_PARTIES: " , " }, [], /authorizedParties is empty/],
  ["a public origin without a scheme", { ...enough, PUBLIC_ORIGIN: "localhost:8080" }, [], /PUBLIC_ORIGIN must be/],
  ["a public origin with a slash", { ...enough, PUBLIC_ORIGIN: "http://localhost:8080/" }, [], /PUBLIC_ORIGIN.*slash/],
  ["a port that is no number", { ...enough, PORT: "80x" }, [], /PORT/],
  ["a port beyond 65535", { ...enough, PORT: "65536" }, [], /PORT/],
  ["a level of the log that there is not", { ...enough, LOG_LEVEL: "verbose" }, [], /LOG_LEVEL must be info or warning/],
  ["an unknown argument", enough, ["--dmeo"], /usage: task_board \[--demo\]/],
  ["a demo that strangers could reach", { ...enough, HOST: "0.0.0.0" }, ["--demo"], /loopback/],
  ["a demo on a name that only looks like loopback", { ...enough, HOST: "127.example.com" }, ["--demo"], /loopback/],
]) {
  test(`does not start, and says why: ${what}`, { timeout: 20_000 }, async () => {
    const database = join(processes.folder, "unused.db");
    const child = launchTaskBoard(processes, { DATABASE_PATH: database, ...environment }, args);
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    assert.match(child.output, message);
    assert.doesNotMatch(child.output, /ready:|nonsense|pk_live_x/);
  });
}

test("does not start on a port that is taken", { timeout: 20_000 }, async () => {
  const { url } = await startTaskBoard(processes, enough);
  const second = launchTaskBoard(processes, {
    ...enough,
    PORT: new URL(url).port,
    DATABASE_PATH: join(processes.folder, "second.db"),
  });
  assert.deepEqual(await second.exited, { code: 1, signal: null });
  assert.match(second.output, /cannot listen on 127\.0\.0\.1 port/);
});

test("does not start on a file that is no database of tasks", { timeout: 20_000 }, async () => {
  const path = join(processes.folder, "other.db");
  writeFileSync(path, "this is not a database, but it is long enough to be taken for one".repeat(20));
  const child = launchTaskBoard(processes, { ...enough, DATABASE_PATH: path });
  assert.deepEqual(await child.exited, { code: 1, signal: null });
  assert.match(child.output, /database/);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`${signal} ends it with status 0, also while a connection idles`, { timeout: 20_000 }, async () => {
    const { child, url } = await startTaskBoard(processes, enough);
    await fetch(url);
    assert.deepEqual(await child.stop(signal), { code: 0, signal: null });
  });
}

async function runSql(path, ...statements) {
  const script =
    'import { Database } from "bun:sqlite"; const db = new Database(process.argv[1]);' +
    "for (const statement of process.argv.slice(2)) db.run(statement);";
  const child = processes.start("bun", bun(), ["-e", script, path, ...statements]);
  assert.deepEqual(await child.exited, { code: 0, signal: null }, child.output);
}

test("a database that is there is used as it is", { timeout: 20_000 }, async (t) => {
  const path = join(processes.folder, "own.db");
  await runSql(
    path,
    "CREATE TABLE tasks(id INTEGER PRIMARY KEY, title TEXT, owner_id TEXT)",
    "INSERT INTO tasks VALUES (42, 'Mine', 'user_ada'), (43, NULL, NULL)",
  );
  const before = readFileSync(path);

  const fixture = await fixtureFor(t, { DATABASE_PATH: path });
  const token = await fixture.session("user_ada");
  const statuses = [];
  for (const room of ["42", "43", "1"]) statuses.push((await fixture.ask({ room }, token)).status);
  assert.deepEqual(statuses, [200, 403, 403]);
  assert.deepEqual(readFileSync(path), before);
});

test("tasks may be given to others while it runs", { timeout: 20_000 }, async (t) => {
  const path = join(processes.folder, "given.db");
  const fixture = await fixtureFor(t, { DATABASE_PATH: path });
  const token = await fixture.session("user_ada", { o: { id: "org_2abc", rol: "admin", slg: "own" } });
  const enter = async () => (await fixture.ask({ room: "3" }, token)).status;
  assert.equal(await enter(), 403);
  await runSql(path, "UPDATE tasks SET owner_id = 'org_2abc' WHERE owner_id = 'org_acme'");
  assert.equal(await enter(), 200);
});

test("the board shows a user's own tasks and those of the active organization", async (t) => {
  const fixture = await fixtureFor(t);
  const board = async (claims) => {
    const headers = { Authorization: `Bearer ${await fixture.session("user_ada", claims)}` };
    const answer = await send(`${fixture.taskBoard.url}/api/board`, { headers });
    return JSON.parse(answer.body);
  };
  const alone = await board({});
  assert.deepEqual(alone.tasks.map(({ id }) => id), [1, 8]);
  assert.deepEqual([alone.organization, alone.lobby, alone.elsewhere], [null, "board:user_ada", []]);
  const inAcme = await board({ o: { id: "org_acme", rol: "member", slg: "acme" } });
  assert.deepEqual(inAcme.tasks.map(({ id }) => id), [1, 3, 4, 6, 7, 8]);
  assert.deepEqual([inAcme.organization, inAcme.lobby], [{ id: "org_acme", slug: "acme" }, "board:org_acme"]);
  assert.equal((await send(`${fixture.taskBoard.url}/api/board`)).status, 401);
});
