// The example `quick_start` of the README, with a fake Clerk and a fake Liveblocks.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { FakeClerk } from "../e2e/lib/fake_clerk.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { listen } from "./listen.mjs";

const [program] = process.argv.slice(2);
const processes = new Processes();
after(() => processes.close());

const clerk = await new FakeClerk(processes).start();
const sessionToken = (userId, claims) => clerk.token(userId, { azp: "http://localhost:3000", ...claims });

test("quick_start lets people into their own and their organization's tasks", { timeout: 20_000 }, async () => {
  const asked = [];
  const liveblocks = await listen(processes, (request, body, response) => {
    asked.push(JSON.parse(body));
    response.end('{"token":"a.b.c"}');
  });
  const child = processes.start("quick_start", program, [], {
    env: {
      ...process.env,
      LIVEBLOCKS_SECRET_KEY: "sk_test",
      LIVEBLOCKS_BASE_URL: liveblocks,
      CLERK_JWT_KEY: clerk.pem,
      CLERK_SECRET_KEY: "",
    },
  });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const ask = async (token, room) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/api/liveblocks-auth`, { method: "POST", headers, body: JSON.stringify({ room }) });
    return { status: answer.status, ...(await answer.json()) };
  };

  const ada = await sessionToken("user_ada");
  const bob = await sessionToken("user_bob", { o: { id: "org_acme", rol: "member", slg: "acme" } });
  assert.deepEqual(await ask(ada, "task-1"), { status: 200, token: "a.b.c" });
  assert.deepEqual(await ask(bob, "task-2"), { status: 200, token: "a.b.c" });
  assert.deepEqual(await ask(bob, "task-1"), { status: 403, error: "forbidden", reason: "This task is not yours" });
  assert.equal((await ask(ada, "task-3")).status, 403);
  const elsewhere = await sessionToken("user_ada", { azp: "https://elsewhere.example" });
  assert.equal((await ask(elsewhere, "task-1")).status, 401);
  await child.match(/^liveblocks: .*CLERK_SECRET_KEY/);
  await child.match(/^liveblocks: .*This task is not yours/);
  await child.match(/^liveblocks: .*https:\/\/elsewhere\.example/);
  assert.deepEqual(
    asked.map(({ userId, permissions }) => ({ userId, permissions })),
    [
      { userId: "user_ada", permissions: { "task-1": ["*:write"] } },
      { userId: "user_bob", permissions: { "task-2": ["*:write"] } },
    ],
  );
});

const enough = { LIVEBLOCKS_SECRET_KEY: "sk_test", LIVEBLOCKS_BASE_URL: "http://127.0.0.1:1", CLERK_JWT_KEY: clerk.pem };

test("quick_start says that Liveblocks is away", { timeout: 20_000 }, async () => {
  const child = processes.start("quick_start", program, [], { env: { ...process.env, ...enough, CLERK_SECRET_KEY: "" } });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const headers = { authorization: `Bearer ${await sessionToken("user_ada")}` };
  const answer = await fetch(`${url}/api/liveblocks-auth`, { method: "POST", headers, body: '{"room":"task-1"}' });
  assert.equal(answer.status, 503);
  await child.match(/^liveblocks: .*Liveblocks/);
});

for (const [what, environment, message] of [
  ["no key of Liveblocks", { LIVEBLOCKS_SECRET_KEY: undefined }, /^quick_start: LIVEBLOCKS_SECRET_KEY is not set$/],
  ["an empty key of Liveblocks", { LIVEBLOCKS_SECRET_KEY: "" }, /^quick_start: LIVEBLOCKS_SECRET_KEY is not set$/],
  ["no key of Clerk", { CLERK_JWT_KEY: undefined }, /^quick_start: CLERK_JWT_KEY is not set$/],
  ["an empty key of Clerk", { CLERK_JWT_KEY: "" }, /^quick_start: CLERK_JWT_KEY is not set$/],
  ["a placeholder for Liveblocks", { LIVEBLOCKS_SECRET_KEY: "<secret>" }, /^quick_start: .*secret.*Liveblocks/],
  ["a placeholder for Clerk", { CLERK_JWT_KEY: "<pem>" }, /^quick_start: .*PEM/],
  ["another placeholder for Clerk", { CLERK_SECRET_KEY: "<secret>" }, /^quick_start: .*secretKey/],
]) {
  test(`quick_start does not start, and says why: ${what}`, { timeout: 20_000 }, async () => {
    const env = { ...process.env, ...enough, CLERK_SECRET_KEY: "sk_test_1234", ...environment };
    const child = processes.start("quick_start", program, [], { env });
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    const [said, names, ...rest] = child.lines;
    assert.match(said, message);
    for (const name of Object.keys(enough)) assert.ok(names.includes(name), name);
    assert.deepEqual(rest, []);
  });
}
