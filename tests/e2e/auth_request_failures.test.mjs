// examples/auth_request with the real nginx when something is missing: nothing may pass.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { GatedSite } from "./lib/gated_site.mjs";
import { send, StubServer } from "./lib/http.mjs";
import { startNginxAnywhere } from "./lib/nginx.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());
const TIMEOUT = { timeout: 60_000 };
/** What the sub-request says of the request. */
const NAMED = { "X-Original-Method": "GET", "X-Original-URI": "/public" };
const site = await new GatedSite().start(processes);

test("without the program everything is refused, and public routes, too", TIMEOUT, async () => {
  const gone = await new GatedSite().start(processes);
  const headers = await gone.bearer();
  assert.equal((await gone.send("/api/tasks", { headers })).status, 200);
  await gone.guard.stop();
  for (const path of ["/api/tasks", "/public"]) assert.equal((await gone.send(path, { headers })).status, 500);
  assert.equal(gone.application.requests.length, 1);
});

for (const status of [301, 302, 307, 400, 403, 404, 429, 500, 503]) {
  test(`a server in the place of the program that responds with ${status} lets nothing pass`, TIMEOUT, async (t) => {
    const stub = await new StubServer(() => ({ status, headers: { Location: "/public" } })).start();
    t.after(() => stub.stop());
    const { port } = await startNginxAnywhere(processes, async () => ({ guard: stub.url, application: site.application.url }));
    const before = site.application.requests.length;
    assert.equal((await send(`http://127.0.0.1:${port}/public`)).status, status === 403 ? 403 : 500);
    assert.equal(site.application.requests.length, before);
  });
}

test("a 401 without anything else is a 401", TIMEOUT, async (t) => {
  const stub = await new StubServer(() => ({ status: 401 })).start();
  t.after(() => stub.stop());
  const { port } = await startNginxAnywhere(processes, async () => ({ guard: stub.url, application: site.application.url }));
  assert.equal((await send(`http://127.0.0.1:${port}/api/tasks`)).status, 401);
});

test("when the keys cannot be fetched the client is told to come back", TIMEOUT, async () => {
  const outage = await new GatedSite().start(processes);
  await outage.clerk.fail("/v1/jwks", 500);
  const { status, headers, body } = await outage.send("/api/tasks", { headers: await outage.bearer() });
  assert.equal(status, 503, body);
  assert.match(headers["retry-after"], /^\d+$/);
  assert.equal(headers["content-type"], "application/json");
  assert.equal(JSON.parse(body).error, "unavailable");
  assert.equal(outage.application.requests.length, 0);
});

test("what is protected can be hidden", TIMEOUT, async () => {
  const hidden = await new GatedSite().start(processes, { environment: { HIDE_PROTECTED: "true" } });
  const { status, headers, body } = await hidden.send("/api/tasks");
  assert.deepEqual([status, JSON.parse(body).error], [404, "not_found"]);
  assert.ok(!("www-authenticate" in headers));
});

test("a location that forgets the included files opens nothing", TIMEOUT, async () => {
  const forget = (text) => text.replace("include guard_proxy.conf;\n  }", 'add_header X-Own "1";\n    error_page 404 /missing;\n  }');
  const forgetful = await new GatedSite().start(processes, { edit: forget });
  assert.equal((await forgetful.send("/api/tasks")).status, 401);
  assert.equal((await forgetful.send("/public", { headers: { "X-User-Id": "user_ada" } })).status, 400);
  // nginx 1.22 sees only the first one.
  assert.equal((await forgetful.send("/public", { headers: { "X-User-Id": ["", "user_ada"] } })).status, 403);
  const { status, headers, body } = await forgetful.send("/api/tasks", { headers: await forgetful.bearer() });
  assert.deepEqual([status, headers["x-own"]], [200, "1"]);
  assert.ok(!("x-user-id" in JSON.parse(body).headers));
});

test("a sub-request that does not name the request passes nothing", TIMEOUT, async () => {
  const ask = (headers, path = "/auth") => send(site.guardUrl + path, { headers });
  assert.equal((await ask(NAMED)).status, 204);
  for (const missing of Object.keys(NAMED)) {
    assert.equal((await ask({ ...NAMED, [missing]: [] })).status, 500);
    assert.equal((await ask({ ...NAMED, [missing]: "" })).status, 500);
    assert.equal((await ask({ ...NAMED, [missing]: [NAMED[missing], NAMED[missing]] })).status, 500);
  }
  assert.equal((await ask(NAMED, "/")).status, 404);
});

test("a head that is too large for the program passes nothing", TIMEOUT, async () => {
  const large = (size) => send(`${site.guardUrl}/auth`, { headers: { ...NAMED, "X-More": "x".repeat(size) } });
  assert.equal((await large(60_000)).status, 204);
  assert.equal((await large(70_000)).status, 431);
});

test("an id that is no header is not handed on", TIMEOUT, async () => {
  for (const [id, status] of [["user\r\nX-Org-Role: org:admin", 401], ["user_ä", 500]]) {
    const answer = await site.send("/api/tasks", { headers: await site.bearer({}, id) });
    assert.equal(answer.status, status);
  }
});

const enough = {
  CLERK_PUBLISHABLE_KEY: site.clerk.publishableKey,
  CLERK_SECRET_KEY: site.clerk.secretKey,
  CLERK_API_URL: site.clerk.url,
  CLERK_PROXY_URL: site.clerk.url,
  PUBLIC_ORIGIN: "https://site.e2e.example",
};
for (const [what, more, message] of [
  ["no public origin", { PUBLIC_ORIGIN: "" }, /PUBLIC_ORIGIN must be set/],
  ["no secret key", { CLERK_SECRET_KEY: "" }, /CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY/],
  ["a pattern that is none", { PUBLIC_ROUTES: "/ public" }, /public/],
  ["a flag that is none", { HIDE_PROTECTED: "yes" }, /HIDE_PROTECTED must be true or false/],
  ["a port that is none", { PORT: "x" }, /PORT/],
]) {
  test(`does not start, and says why: ${what}`, TIMEOUT, async () => {
    const failing = processes.start("auth_request", program, [], { env: { PATH: process.env.PATH, ...enough, ...more } });
    assert.deepEqual(await failing.exited, { code: 1, signal: null });
    assert.match(failing.output, message);
    assert.doesNotMatch(failing.output, /ready:|sk_(test|live)_/);
  });
}

test("it ends with status 0, and what it has logged contains no token", TIMEOUT, async () => {
  const loud = await new GatedSite().start(processes, { environment: { LOG_LEVEL: "info" } });
  await loud.send("/api/tasks?secret=1", { headers: { Authorization: "Bearer abc.def.ghi" } });
  assert.deepEqual(await loud.guard.stop("SIGINT"), { code: 0, signal: null });
  assert.match(loud.guard.output, /GET "\/api\/tasks"/);
  assert.doesNotMatch(loud.guard.output, /secret=1|abc\.def/);
});
