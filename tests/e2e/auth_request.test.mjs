// examples/auth_request with the real nginx: who reaches the application, and what it is told about them.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { GatedSite } from "./lib/gated_site.mjs";

const processes = new Processes();
after(() => processes.close());
const site = await new GatedSite().start(processes);
const TIMEOUT = { timeout: 60_000 };
const PAGE = { Accept: "text/html", "Sec-Fetch-Dest": "document" };
const now = () => Math.floor(Date.now() / 1000);

/** Asserts that the request does not reach the application. */
async function assertRefused(status, path, options, at = site) {
  const before = at.application.requests.length;
  const answer = await at.send(path, options);
  assert.equal(answer.status, status, `${path}: ${answer.body}`);
  assert.equal(at.application.requests.length, before);
  return answer;
}

test("a page without a session leads to the sign-in page, and back to the same target", TIMEOUT, async () => {
  const target = "/dash%2Fboard//x?tab=2&q=%C3%A4%26+b&r=/../..";
  const { headers } = await assertRefused(307, target, { headers: PAGE });
  const signIn = new URL(headers.location);
  assert.equal(signIn.origin + signIn.pathname, "https://accounts.e2e.example/sign-in");
  assert.equal(signIn.searchParams.get("redirect_url"), site.url + target);
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(headers["x-clerk-auth-status"], "signed-out");
});

test("a program without a session gets a 401 with a challenge", TIMEOUT, async () => {
  const { headers, body } = await assertRefused(401, "/api/tasks");
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["www-authenticate"], "Bearer");
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(headers["x-clerk-auth-reason"], "session-token-and-uat-missing");
  assert.deepEqual(JSON.parse(body), { error: "unauthorized", reason: "Authentication required" });
});

test("the application is told who sends a token", TIMEOUT, async () => {
  const claims = { o: { id: "org_acme", slg: "acme", rol: "admin" }, sid: "sess_1" };
  const { status, body } = await site.send("/api/tasks?x=%2F", { headers: await site.bearer(claims) });
  assert.equal(status, 200);
  const { path, headers } = JSON.parse(body);
  assert.equal(path, "/api/tasks?x=%2F");
  assert.equal(headers["x-user-id"], "user_ada");
  assert.equal(headers["x-session-id"], "sess_1");
  assert.equal(headers["x-org-id"], "org_acme");
  assert.equal(headers["x-org-role"], "org:admin");
  assert.equal(headers.host, `127.0.0.1:${site.port}`);
});

test("the application is told who has a session in cookies", TIMEOUT, async () => {
  const Cookie = `__session=${await site.token()}; __client_uat=${now() - 60}`;
  const { status, body } = await site.send("/", { headers: { ...PAGE, Cookie } });
  assert.equal(status, 200);
  assert.equal(JSON.parse(body).headers["x-user-id"], "user_ada");
  assert.equal((await site.send("/dashboard", { headers: { ...PAGE, Cookie } })).status, 200);
});

test("a cookie with foreign text is no session", TIMEOUT, async () => {
  const Cookie = `ref=%3B__session%3D${await site.token()}; __client_uat=${now() - 60}`;
  await assertRefused(401, "/api/tasks", { headers: { Cookie } });
});

test("everybody reaches public routes, with no name", TIMEOUT, async () => {
  const { status, body } = await site.send("/public/a");
  assert.equal(status, 200);
  const names = Object.keys(JSON.parse(body).headers);
  assert.deepEqual(names.filter((name) => /^x-(user|session|org|auth)-/.test(name)), []);
});

for (const name of ["X-User-Id", "x-session-id", "X-ORG-ID", "X-Org-Role"]) {
  for (const value of ["user_grace", "0"]) {
    test(`nobody claims to be somebody: ${name}: ${value}`, TIMEOUT, async () => {
      await assertRefused(400, "/public/a", { headers: { [name]: value } });
      await assertRefused(400, "/api/tasks", { headers: { [name]: value, ...(await site.bearer()) } });
    });
  }
}

test("other spellings of the headers with names do not arrive", TIMEOUT, async () => {
  const headers = { X_User_Id: "user_grace", "X-Original-URI": "/public", "X-Original-Method": "OPTIONS", "X-Auth-User-Id": "user_grace" };
  await assertRefused(401, "/api/tasks", { headers });
  const seen = JSON.parse((await site.send("/api/tasks", { headers: { ...headers, ...(await site.bearer()) } })).body);
  assert.equal(seen.headers["x-user-id"], "user_ada");
  assert.ok(!("x_user_id" in seen.headers));
});

test("tokens that are expired, forged, of other pages or of another instance are refused", TIMEOUT, async () => {
  const other = await new FakeClerk(processes).start("clerk.other.example");
  const token = await site.token();
  for (const bad of [
    await site.token({ iat: now() - 600, nbf: now() - 600, exp: now() - 540 }),
    await site.token({ azp: "https://evil.example" }),
    await other.token("user_ada", { azp: site.url }),
    token.slice(0, -8) + (token.endsWith("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA"),
    "nonsense",
  ]) {
    const { headers, body } = await assertRefused(401, "/api/tasks", { headers: { Authorization: `Bearer ${bad}` } });
    assert.equal(headers["www-authenticate"], 'Bearer error="invalid_token"');
    assert.ok(!JSON.stringify([headers, body]).includes(bad.slice(-40)));
    await assertRefused(401, "/api/tasks", { headers: { Cookie: `__session=${bad}; __client_uat=${now() - 60}` } });
  }
});

test("two tokens are refused, even if one is good", TIMEOUT, async () => {
  const { Authorization } = await site.bearer();
  for (const pair of [[Authorization, "Bearer x"], ["Basic eDp5", Authorization], [Authorization, Authorization]]) {
    const before = site.application.requests.length;
    const lines = pair.map((value) => `Authorization: ${value}\r\n`).join("");
    const received = await site.exchange(`GET /api/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines}\r\n`);
    assert.match(received, /^HTTP\/1\.1 40[01] /);
    assert.equal(site.application.requests.length, before);
  }
});

for (const path of ["/public%3F/../secret", "/public%3F/secret", "/public/../secret", "/public/%2e%2e/secret", "/public%2F..%2Fsecret", "//public", "/public//secret", "/public/..;/secret", "/public;/../secret", "/public\\..\\secret", "/public%5c..%5csecret", "/public%00/secret", "/public/%252e%252e/secret", "/public#/../secret", "/public%23/../secret", "/./secret", "/PUBLIC", "/publicx", "/public/%e0%80%af../secret"]) {
  test(`no spelling of a path leads around the guard: ${path}`, TIMEOUT, async () => {
    const before = site.application.requests.length;
    const { status } = await site.send(path);
    assert.ok([400, 401].includes(status), String(status));
    assert.equal(site.application.requests.length, before);
  });
}

test("an absolute URL as the target is guarded by its path", TIMEOUT, async () => {
  for (const target of ["http://public/secret", "http://x?/public", "http://x/public/../secret"]) {
    const received = await site.exchange(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(received, /^HTTP\/1\.1 401 /);
  }
});

test("the location of the sub-requests is not served", TIMEOUT, async () => {
  const headers = await site.bearer();
  for (const path of ["/_auth", "/_auth?x", "/%5fauth", "//_auth"]) await assertRefused(404, path, { headers });
});

test("each method is guarded", TIMEOUT, async () => {
  for (const method of ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
    const { body } = await assertRefused(401, "/api/tasks", { method });
    if (method === "HEAD") assert.equal(body, "");
  }
  // A form is no page: its body would be lost on the way.
  await assertRefused(401, "/form", { method: "POST", headers: PAGE, body: "x=1" });
  await assertRefused(307, "/page", { method: "HEAD", headers: PAGE });
  for (const method of ["OPTIONS", "DELETE"]) {
    const { status, body } = await site.send("/api/tasks", { method, headers: await site.bearer() });
    assert.deepEqual([status, JSON.parse(body).method], [200, method]);
  }
  const head = await site.send("/api/tasks", { method: "HEAD", headers: await site.bearer() });
  assert.deepEqual([head.status, head.body], [200, ""]);
});

test("bodies reach the application, with or without a length", TIMEOUT, async () => {
  const body = "x".repeat(100_000);
  for (const chunked of [false, true]) {
    const headers = await site.bearer();
    const answer = await site.send("/api/tasks", { method: "POST", headers, body, chunked });
    assert.deepEqual([answer.status, JSON.parse(answer.body).body], [200, body]);
    await assertRefused(401, "/api/tasks", { method: "POST", body, chunked });
  }
});

test("conditions and ranges are not the guard's affair", TIMEOUT, async () => {
  const headers = { ...(await site.bearer()), Range: "bytes=0-1,x", "If-None-Match": "*", Expect: "100-continue" };
  const seen = JSON.parse((await site.send("/api/tasks", { headers })).body).headers;
  assert.deepEqual([seen.range, seen["if-none-match"]], ["bytes=0-1,x", "*"]);
});

test("many cookies of other programs do not get in the way", TIMEOUT, async () => {
  const Cookie = `big=${"x".repeat(12_000)}; __session=${await site.token()}; __client_uat=${now() - 60}`;
  const agentless = (header) => site.exchange(`GET /api/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${header}\r\n\r\n`);
  assert.match(await agentless(Cookie), /^HTTP\/1\.1 200 /);
});

const upgrade = (protocol, more) =>
  `GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n${more}\r\n`;

test("a WebSocket is opened for those who are signed in", TIMEOUT, async () => {
  const refused = await site.exchange(upgrade("websocket", "Sec-Fetch-Dest: websocket\r\n"), /\r\n\r\n/);
  assert.match(refused, /^HTTP\/1\.1 401 /);
  assert.equal(site.application.upgrades.length, 0);

  const { Authorization } = await site.bearer();
  const received = await site.exchange(`${upgrade("websocket", `Authorization: ${Authorization}\r\n`)}ping`, /ping/);
  assert.match(received, /^HTTP\/1\.1 101 [\s\S]*\r\n\r\nping$/);
  assert.equal(site.application.upgrades[0].headers["x-user-id"], "user_ada");
});

test("no other upgrade opens a way past the guard", TIMEOUT, async () => {
  const before = site.application.upgrades.length;
  for (const protocol of ["h2c", "websocket, h2c"]) {
    const { Authorization } = await site.bearer();
    const more = `Authorization: ${Authorization}\r\nConnection: close\r\n`;
    assert.match(await site.exchange(upgrade(protocol, more)), /^HTTP\/1\.1 200 /);
  }
  assert.equal(site.application.upgrades.length, before);
});
