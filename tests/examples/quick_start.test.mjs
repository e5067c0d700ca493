// The example `quick_start`, which is the README's, with a key of our own in front of a pretended Liveblocks.

import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { listen } from "./listen.mjs";

const [program] = process.argv.slice(2);
const processes = new Processes();
after(() => processes.close());

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function sessionToken(claims) {
  const now = Math.floor(Date.now() / 1000);
  const azp = "http://localhost:3000";
  const payload = { iss: "https://clerk.example.com", azp, sid: "sess_1", iat: now, nbf: now, exp: now + 60, v: 2, ...claims };
  const signed = `${encode({ alg: "RS256", typ: "JWT", kid: "ins_1", cat: "cl_B7d4PD111AAA" })}.${encode(payload)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), keys.privateKey).toString("base64url")}`;
}

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
      CLERK_JWT_KEY: keys.publicKey.export({ type: "spki", format: "pem" }),
      CLERK_SECRET_KEY: "",
    },
  });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const ask = async (token, room) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/api/liveblocks-auth`, { method: "POST", headers, body: JSON.stringify({ room }) });
    return { status: answer.status, ...(await answer.json()) };
  };

  const ada = sessionToken({ sub: "user_ada" });
  const bob = sessionToken({ sub: "user_bob", o: { id: "org_acme", rol: "member", slg: "acme" } });
  assert.deepEqual(await ask(ada, "task-1"), { status: 200, token: "a.b.c" });
  assert.deepEqual(await ask(bob, "task-2"), { status: 200, token: "a.b.c" });
  assert.deepEqual(await ask(bob, "task-1"), { status: 403, error: "forbidden", reason: "This task is not yours" });
  assert.equal((await ask(ada, "task-3")).status, 403);
  assert.equal((await ask(sessionToken({ sub: "user_ada", azp: "https://elsewhere.example" }), "task-1")).status, 401);
  assert.deepEqual(
    asked.map(({ userId, permissions }) => ({ userId, permissions })),
    [
      { userId: "user_ada", permissions: { "task-1": ["*:write"] } },
      { userId: "user_bob", permissions: { "task-2": ["*:write"] } },
    ],
  );
});
