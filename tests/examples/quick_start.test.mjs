// The example `quick_start`, which is the README's, with a fake Clerk, in front of a pretended Liveblocks.

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
  assert.deepEqual(
    asked.map(({ userId, permissions }) => ({ userId, permissions })),
    [
      { userId: "user_ada", permissions: { "task-1": ["*:write"] } },
      { userId: "user_bob", permissions: { "task-2": ["*:write"] } },
    ],
  );
});
