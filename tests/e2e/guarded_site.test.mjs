// guarded_site --demo: who sees which page, and how a browser gets there.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { send } from "./lib/http.mjs";
import { Visitor } from "./lib/visitor.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());

const start = async () => {
  const child = processes.start("guarded_site", program, ["--demo"], { env: { PATH: process.env.PATH } });
  const [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  return { child, url };
};
const { url } = await start();
const EVIL = "https://evil.example/";

async function signedIn(person) {
  const visitor = new Visitor(url);
  await visitor.browse("/");
  const answer = await visitor.post(`/demo/sign-in/${person}`);
  assert.equal(answer.status, 303);
  visitor.cookies.delete("__clerk_redirect_count"); // As if two seconds had passed.
  return visitor;
}

async function assertPage(answer, status, title) {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  assert.match(text, new RegExp(`<h1>${title}</h1>`));
  return text;
}

test("everybody sees the front page", async () => {
  const visitor = new Visitor(url);
  assert.match(await assertPage(await visitor.browse("/"), 200, "Guarded site"), /You are not signed in/);
});

test("a new browser meets Clerk once, and is then sent to sign in, and back", async () => {
  const visitor = new Visitor(url);
  const page = await visitor.browse("/dashboard?tab=2");
  await assertPage(page, 200, "Sign in");
  assert.deepEqual(visitor.visited, ["/dashboard", "/__clerk/v1/client/handshake", "/dashboard", "/dashboard", "/sign-in"]);
  const signIn = new URL(page.url);
  assert.equal(signIn.searchParams.get("redirect_url"), `${url}/dashboard?tab=2`);

  const answer = await visitor.post(`/demo/sign-in/user_ada${signIn.search}`);
  assert.equal(answer.headers.get("location"), `${url}/dashboard?tab=2`);
  assert.match(await assertPage(await visitor.follow(answer), 200, "Dashboard"), /Welcome, Ada Lovelace/);
});

test("whoever is signed in sees the pages at once", async () => {
  const visitor = await signedIn("user_grace");
  visitor.visited.length = 0;
  await assertPage(await visitor.browse("/dashboard"), 200, "Dashboard");
  assert.deepEqual(visitor.visited, ["/dashboard"]);
});

test("pages of one person are kept by no cache", async () => {
  const visitor = await signedIn("user_grace");
  for (const path of ["/dashboard", "/api/me"]) {
    assert.equal((await visitor.open(path)).headers.get("cache-control"), "no-store");
  }
});

test("the API tells who is signed in, and is redirected nowhere when nobody is", async () => {
  const ada = await signedIn("user_ada");
  const me = { userId: "user_ada", orgId: "org_acme", orgRole: "org:admin", isAdmin: true };
  assert.deepEqual(await (await ada.fetch("/api/me")).json(), me);

  for (const visitor of [new Visitor(url), await signedIn("user_ada")]) {
    visitor.cookies.delete("__session");
    const answer = await visitor.fetch("/api/me");
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get("content-type"), "application/json");
    assert.match(answer.headers.get("www-authenticate"), /^Bearer/);
  }
});

test("a session that is over is renewed on the way, for a page", async () => {
  const visitor = await signedIn("user_ada");
  const answer = await visitor.post(`/demo/expire/user_ada?redirect_url=${encodeURIComponent(`${url}/dashboard?tab=2`)}`);
  visitor.visited.length = 0;
  const page = await visitor.follow(answer);
  await assertPage(page, 200, "Dashboard");
  assert.deepEqual(visitor.visited, ["/dashboard", "/__clerk/v1/client/handshake", "/dashboard", "/dashboard"]);
  assert.equal(page.url, `${url}/dashboard?tab=2`);
});

test("a session that is over is not renewed for a script", async () => {
  const visitor = await signedIn("user_ada");
  await visitor.post("/demo/expire/user_ada");
  assert.equal((await visitor.fetch("/api/me")).status, 401);
});

test("who comes from elsewhere meets Clerk once", async () => {
  const visitor = await signedIn("user_ada");
  visitor.visited.length = 0;
  await assertPage(await visitor.browse("/dashboard", { Referer: EVIL }), 200, "Dashboard");
  assert.deepEqual(visitor.visited, ["/dashboard", "/__clerk/v1/client/handshake", "/dashboard", "/dashboard"]);
});

test("only administrators see the administration", async () => {
  await assertPage(await (await signedIn("user_ada")).browse("/admin"), 200, "Administration");
  assert.equal((await (await signedIn("user_grace")).browse("/admin")).status, 403);
});

test("what does not exist is not found by those who are signed in, and hidden from others", async () => {
  await assertPage(await (await signedIn("user_ada")).browse("/nothing"), 404, "Not found");
  await assertPage(await new Visitor(url).browse("/nothing"), 200, "Sign in");
});

test("who signs out is signed out, also at Clerk", async () => {
  const visitor = await signedIn("user_ada");
  await visitor.post("/demo/sign-out");
  await assertPage(await visitor.browse("/dashboard"), 200, "Sign in");
});

for (const path of ["/%64ashboard", "//dashboard", "/./dashboard", "/x/../dashboard", "/dashboard/", "/DASHBOARD", "/dashboard%2f", "/style.css/../dashboard", "/%2e/dashboard", "/dashboard;x", "/%0a/dashboard"]) {
  test(`no spelling of a path leads around the guard: ${path}`, async () => {
    const { status, body } = await send(url, { path, headers: { Accept: "application/json" } });
    assert.equal(status, 401);
    assert.doesNotMatch(body, /Welcome/);
  });
}

for (const foreign of [EVIL, "//evil.example/", "http://127.0.0.1.evil.example/", `${url}.evil.example/`, `${url}@evil.example/`, "javascript:alert(1)", `${url}/\r\nX: 1`]) {
  test(`nobody is sent elsewhere after signing in: ${JSON.stringify(foreign)}`, async () => {
    const visitor = new Visitor(url);
    const query = `?redirect_url=${encodeURIComponent(foreign)}`;
    assert.equal((await visitor.post(`/demo/sign-in/user_ada${query}`)).headers.get("location"), `${url}/`);
    const handshake = await visitor.open(`/__clerk/v1/client/handshake${query}`);
    assert.ok(handshake.headers.get("location").startsWith(`${url}/?__clerk_handshake_nonce=`));
  });
}

test("a page from elsewhere signs nobody in or out", async () => {
  const visitor = new Visitor(url);
  for (const from of ["https://evil.example", "null"]) {
    for (const path of ["/demo/sign-in/user_ada", "/demo/expire/user_ada", "/demo/sign-out"]) {
      assert.equal((await visitor.post(path, from)).status, 403);
    }
  }
  assert.equal(visitor.cookies.size, 0);
});

test("a host name that is not loopback's gets no answer", async () => {
  assert.equal((await send(url, { headers: { Host: "evil.example" } })).status, 421);
});

test("bodies are not read", async () => {
  assert.equal((await send(`${url}/api/me`, { method: "POST", body: "x" })).status, 400);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`${signal} ends it with status 0`, { timeout: 20_000 }, async () => {
    const site = await start();
    await fetch(site.url);
    assert.deepEqual(await site.child.stop(signal), { code: 0, signal: null });
  });
}
