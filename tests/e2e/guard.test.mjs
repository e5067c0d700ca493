// The guarded page of task_board, and its endpoint, which has its own rule.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sharedFixture } from "./lib/fixture.mjs";
import { send } from "./lib/http.mjs";

const ORIGIN = "https://tasks.e2e.example";
const fixture = await sharedFixture(({ clerk }) => ({
  CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
  CLERK_PROXY_URL: clerk.url,
  PUBLIC_ORIGIN: ORIGIN,
}));
const ada = () => fixture.clerk.token("user_ada", { azp: ORIGIN });
const open = (path, headers) => send(fixture.taskBoard.url + path, { headers: { Accept: "text/html", "Sec-Fetch-Dest": "document", ...headers } });
const now = () => Math.floor(Date.now() / 1000);

test("nobody sees the page who has not signed in", async () => {
  const { status, headers } = await open("/?task=1");
  assert.equal(status, 307);
  const signIn = new URL(headers.location);
  assert.equal(signIn.origin + signIn.pathname, "https://accounts.e2e.example/sign-in");
  assert.equal(signIn.searchParams.get("redirect_url"), `${ORIGIN}/?task=1`);
});

test("whoever has signed in sees it", async () => {
  const answer = await open("/", { Cookie: `__session=${await ada()}; __client_uat=${now() - 60}` });
  assert.equal(answer.status, 200);
});

test("a session that is over sends the browser to Clerk, and back", async () => {
  const over = await fixture.clerk.token("user_ada", { azp: ORIGIN, iat: now() - 600, nbf: now() - 600, exp: now() - 540 });
  const { status, headers } = await open("/", { Cookie: `__session=${over}; __client_uat=${now() - 600}` });
  assert.equal(status, 307);
  const clerk = new URL(headers.location);
  assert.equal(clerk.origin + clerk.pathname, `${fixture.clerk.url}/v1/client/handshake`);
  assert.equal(clerk.searchParams.get("redirect_url"), `${ORIGIN}/`);
});

test("for the endpoint a session is enough, for the board its cookies must agree", async () => {
  const Cookie = `__session=${await ada()}`;
  assert.equal((await fixture.ask({ room: "1" }, undefined, { headers: { Cookie } })).status, 200);
  const board = (headers) => send(`${fixture.taskBoard.url}/api/board`, { headers });
  assert.equal((await board({ Cookie })).status, 401);
  assert.equal((await board({ Cookie: `${Cookie}; __client_uat=${now() - 60}` })).status, 200);
  assert.equal((await board({ Authorization: `Bearer ${await ada()}` })).status, 200);
});

test("what the page is made of is no secret", async () => {
  for (const path of ["/style.css", "/main.js", "/favicon.svg", "/api/config"]) {
    assert.equal((await open(path)).status, 200, path);
  }
});
