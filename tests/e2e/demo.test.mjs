// task_board --demo: it works like with a Clerk account, but with the local Clerk, and only on this machine.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { claimsOf } from "./lib/claims.mjs";
import { send } from "./lib/http.mjs";
import { LocalSession } from "./lib/local_clerk.mjs";
import { startTaskBoard } from "./lib/task_board.mjs";
import { Visitor } from "./lib/visitor.mjs";

const processes = new Processes();
after(() => processes.close());

const environment = { LIVEBLOCKS_SECRET_KEY: "sk_localdev", LIVEBLOCKS_BASE_URL: "http://127.0.0.1:1" };
const [development, production, brief] = await Promise.all(
  [{}, { DEMO_INSTANCE: "production" }, { DEMO_TOKEN_SECONDS: "10" }].map((settings) => {
    const DATABASE_PATH = `${processes.folder}/${Object.keys(settings).join() || "plain"}.db`;
    return startTaskBoard(processes, { ...environment, ...settings, DATABASE_PATH }, ["--demo"]);
  }),
);
const { child, url } = development;
const { port } = new URL(url);
const ticket = (user, headers) => send(`${url}/sign-in/tickets/${user}`, { method: "POST", headers });

async function boardOf(userId, organizationId) {
  const token = await (await LocalSession.create(url, userId)).token(organizationId);
  const answer = await send(`${url}/api/board`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body);
}

test("it says what it is", () => assert.match(child.output, /^demo: /m));

for (const [kind, { url }] of [["development", development], ["production", production]]) {
  test(`whoever has not signed in is sent to do so, and back with the whole address: ${kind} instance`, async () => {
    const visitor = new Visitor(url);
    const answer = await visitor.browse("/?task=3&x=%2F");
    assert.equal(answer.status, 200);
    const { pathname, searchParams } = new URL(answer.url);
    assert.equal(pathname, "/sign-in");
    assert.equal(searchParams.get("redirect_url"), `${url}/?task=3&x=%2F`);
  });

  test(`scripts are told that nobody is signed in, and sent nowhere: ${kind} instance`, async () => {
    const visitor = new Visitor(url);
    assert.equal((await visitor.fetch("/api/board")).status, 401);
    assert.equal((await send(`${url}/api/liveblocks-auth`, { method: "POST", body: '{"room":"3"}' })).status, 401);
  });

  test(`everybody is told where to sign in, and may load what the page is made of: ${kind} instance`, async () => {
    const { publishableKey, ...rest } = JSON.parse((await send(`${url}/api/config`)).body);
    assert.ok(publishableKey.startsWith(kind === "development" ? "pk_test_" : "pk_live_"));
    const { LIVEBLOCKS_BASE_URL } = environment;
    assert.deepEqual(rest, { proxyUrl: "/__clerk", signInUrl: "/sign-in", baseUrl: LIVEBLOCKS_BASE_URL });
    assert.equal((await send(`${url}/main.js`)).status, 200);
  });

  test(`who signs in gets into the task: ${kind} instance`, async () => {
    const token = await (await LocalSession.create(url, "user_grace")).token();
    const headers = { Authorization: `Bearer ${token}` };
    const ask = (room) => send(`${url}/api/liveblocks-auth`, { method: "POST", headers, body: JSON.stringify({ room }) });
    assert.equal((await ask("3")).status, 503); // There is no Liveblocks here.
    assert.equal((await ask("1")).status, 403);
  });
}

for (const [seconds, { url }] of [[60, development], [10, brief]]) {
  test(`a token is good for ${seconds} s, and for this site`, async () => {
    const { sub, iat, exp, azp } = claimsOf(await (await LocalSession.create(url, "user_ada")).token());
    assert.deepEqual({ sub, lifetime: exp - iat, azp }, { sub: "user_ada", lifetime: seconds, azp: url });
  });
}

test("the board is that of the active organization", async () => {
  const acme = await boardOf("user_ada");
  assert.deepEqual(acme.tasks.map(({ id }) => id), [1, 3, 4, 6, 7, 8]);
  assert.deepEqual([acme.user.name, acme.organization, acme.lobby], ["Ada Lovelace", { id: "org_acme", slug: "acme" }, "board:org_acme"]);
  const analytical = await boardOf("user_ada", "org_analytical");
  assert.deepEqual(analytical.tasks.map(({ id }) => id), [1, 8, 10, 11]);
  assert.equal(analytical.lobby, "board:org_analytical");
  const alone = await boardOf("user_ada", null);
  assert.deepEqual([alone.tasks.map(({ id }) => id), alone.organization, alone.lobby], [[1, 8], null, "board:user_ada"]);
});

test("a board names a few tasks that are not its own, by number", async () => {
  assert.deepEqual((await boardOf("user_ada")).elsewhere, [2, 5, 9]);
  assert.deepEqual((await boardOf("user_grace")).elsewhere, [1, 5, 8]);
});

test("only its two people can sign in", async () => {
  for (const user of ["user_stranger", "", "user_ada/x", "user_ada%2f"]) assert.equal((await ticket(user)).status, 404, user);
});

test("a page from elsewhere signs nobody in", async () => {
  for (const Origin of ["http://evil.example", "null", `http://localhost:${port}`]) {
    assert.equal((await ticket("user_ada", { Origin })).status, 403, Origin);
  }
  assert.equal((await ticket("user_ada", { Origin: url })).status, 200);
});

for (const name of ["evil.example", "127.0.0.1.evil.example", `evil.example:${port}`]) {
  test(`a host name that is not loopback's gets no answer: ${JSON.stringify(name)}`, async () => {
    for (const path of ["/", "/api/config", "/sign-in", "/__clerk/v1/client"]) {
      assert.equal((await send(url + path, { headers: { Host: name } })).status, 421, path);
    }
  });
}

test("under its other name the page leads to the one whose cookies count", async () => {
  const headers = { Host: `localhost:${port}`, "Sec-Fetch-Dest": "document", Accept: "text/html" };
  const answer = await send(`${url}/?task=3`, { headers });
  assert.deepEqual([answer.status, answer.headers.location], [307, `${url}/?task=3`]);
});

test("the page may load and reach nothing but this server and Liveblocks", async () => {
  const { headers } = await send(`${url}/main.js`);
  assert.equal(
    headers["content-security-policy"],
    "default-src 'none'; script-src 'self'; worker-src blob:; style-src 'self'; img-src 'self'; connect-src 'self' " +
      "http://127.0.0.1:1 ws://127.0.0.1:1; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  assert.equal(headers["x-content-type-options"], "nosniff");
});

test("the page that stands for Clerk's may reach nothing but this server", async () => {
  for (const path of ["/sign-in", "/sign-in/main.js"]) {
    const { headers } = await send(url + path);
    assert.equal(
      headers["content-security-policy"],
      "default-src 'none'; script-src 'self'; worker-src blob:; connect-src 'self'; style-src 'self'; img-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  }
});

test("files outside of the page are not served", async () => {
  for (const path of ["/..%2fpage%2fmain.js", "/main.js%00.html", "/main.js/", "/sign-in/avatars", "//main.js"]) {
    assert.equal((await send(url + path)).status, 404, path);
  }
});
