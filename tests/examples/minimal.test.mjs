// The example `minimal` with a fake Liveblocks.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { listen } from "./listen.mjs";

const [program] = process.argv.slice(2);
const processes = new Processes();
after(() => processes.close());

test("minimal lets people into their own rooms only", { timeout: 20_000 }, async () => {
  const asked = [];
  const liveblocks = await listen(processes, (request, body, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization, body: JSON.parse(body) });
    response.end('{"token":"a.b.c"}');
  });
  const child = processes.start("minimal", program, [], {
    env: { ...process.env, LIVEBLOCKS_SECRET_KEY: "sk_test", LIVEBLOCKS_BASE_URL: liveblocks },
  });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const ask = async (authorization, body) => {
    const answer = await fetch(`${url}/api/liveblocks-auth`, { method: "POST", headers: { authorization }, body });
    return { status: answer.status, body: await answer.json() };
  };

  assert.deepEqual(await ask("Bearer session-1", '{"room":"ada:notes"}'), { status: 200, body: { token: "a.b.c" } });
  assert.deepEqual(await ask("Bearer session-1", '{"room":"bob:notes"}'), {
    status: 403,
    body: { error: "forbidden", reason: "These are not your notes" },
  });
  assert.equal((await ask("Bearer session-1", "{}")).status, 403);
  assert.equal((await ask("Bearer session-3", '{"room":"ada:notes"}')).status, 401);
  await child.match(/^minimal: .*not signed in/);
  await child.match(/^minimal: .*These are not your notes/);
  assert.deepEqual(asked, [
    {
      url: "/v2/authorize-user",
      authorization: "Bearer sk_test",
      body: { userId: "ada", permissions: { "ada:notes": ["*:write"] }, userInfo: { name: "ada" } },
    },
  ]);
});

test("minimal says that Liveblocks is away", { timeout: 20_000 }, async () => {
  const child = processes.start("minimal", program, [], {
    env: { ...process.env, LIVEBLOCKS_SECRET_KEY: "sk_test", LIVEBLOCKS_BASE_URL: "http://127.0.0.1:1" },
  });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const headers = { authorization: "Bearer session-1" };
  const answer = await fetch(`${url}/api/liveblocks-auth`, { method: "POST", headers, body: '{"room":"ada:notes"}' });
  assert.equal(answer.status, 503);
  await child.match(/^minimal: .*Liveblocks/);
});

const { LIVEBLOCKS_SECRET_KEY, LIVEBLOCKS_BASE_URL, ...bare } = process.env;
for (const [what, environment, message] of [
  ["no secret key", {}, /^minimal: LIVEBLOCKS_SECRET_KEY is not set$/],
  ["an empty secret key", { LIVEBLOCKS_SECRET_KEY: "" }, /^minimal: LIVEBLOCKS_SECRET_KEY is not set$/],
  ["a placeholder", { LIVEBLOCKS_SECRET_KEY: "<your secret key>" }, /^minimal: .*secret.*Liveblocks/],
  ["a bad URL", { LIVEBLOCKS_SECRET_KEY: "sk_test", LIVEBLOCKS_BASE_URL: "nonsense" }, /^minimal: /],
]) {
  test(`minimal does not start, and says why: ${what}`, { timeout: 20_000 }, async () => {
    const child = processes.start("minimal", program, [], { env: { ...bare, ...environment } });
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    assert.match(child.output, message);
    assert.equal(child.lines.length, 1);
  });
}
