// guarded_site --demo: who sees which page, and which redirects lead there. With plain requests; guarded_site_page uses
// a browser.

import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Processes } from "../peers/lib/processes.mjs";
import { claimsOf } from "./lib/claims.mjs";
import { send } from "./lib/http.mjs";
import { signIn } from "./lib/local_clerk.mjs";
import { Visitor } from "./lib/visitor.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());

const start = async (environment = {}) => {
  const env = { PATH: process.env.PATH, ...environment };
  const child = processes.start("guarded_site", program, ["--demo"], { env });
  const [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  return { child, url };
};
const EVIL = "https://evil.example/";
const HANDSHAKE = "/__clerk/v1/client/handshake";

async function signedIn(url, person) {
  const visitor = new Visitor(url);
  await signIn(visitor, person);
  visitor.visited.length = 0;
  return visitor;
}

async function assertPage(answer, status, title) {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  assert.match(text, new RegExp(`<h1>${title}</h1>`));
  return text;
}

/** Resolves with a visitor whose session has expired. */
async function signedInLongAgo(kind) {
  const { url } = await start({ DEMO_INSTANCE: kind, DEMO_TOKEN_SECONDS: "6" });
  const visitor = await signedIn(url, "user_ada");
  const { exp } = claimsOf(visitor.cookies.get("__session").value);
  const toleranceSeconds = 5;
  await sleep((exp + toleranceSeconds + 1) * 1000 - Date.now());
  return visitor;
}

const { url } = await start();

for (const { kind, firstVisit, renewal } of [
  // The result of the handshake is in the URL, and is removed from it.
  { kind: "development", firstVisit: [HANDSHAKE, "/dashboard", "/dashboard"], renewal: [HANDSHAKE, "/dashboard", "/dashboard"] },
  // The result of the handshake is in a cookie.
  { kind: "production", firstVisit: [], renewal: [HANDSHAKE, "/dashboard"] },
]) {
  const site = await start({ DEMO_INSTANCE: kind });
  const longAgo = signedInLongAgo(kind);

  describe(`with an instance of the kind ${kind}`, () => {
    test("a new browser is sent to sign in, with the way back", async () => {
      const visitor = new Visitor(site.url);
      const page = await visitor.browse("/dashboard?tab=2");
      await assertPage(page, 200, "Sign in");
      assert.deepEqual(visitor.visited, ["/dashboard", ...firstVisit, "/sign-in"]);
      assert.equal(new URL(page.url).searchParams.get("redirect_url"), `${site.url}/dashboard?tab=2`);
    });

    test("whoever is signed in sees the pages at once", async () => {
      const visitor = await signedIn(site.url, "user_grace");
      assert.match(await assertPage(await visitor.browse("/dashboard"), 200, "Dashboard"), /Welcome, Grace Hopper/);
      assert.deepEqual(visitor.visited, ["/dashboard"]);
    });

    test("the API tells who is signed in, and is redirected nowhere when nobody is", async () => {
      const ada = await signedIn(site.url, "user_ada");
      const me = { userId: "user_ada", orgId: "org_acme", orgRole: "org:admin", isAdmin: true };
      assert.deepEqual(await (await ada.fetch("/api/me")).json(), me);

      for (const name of [...ada.cookies.keys()]) if (name.startsWith("__session")) ada.cookies.delete(name);
      for (const visitor of [new Visitor(site.url), ada]) {
        const answer = await visitor.fetch("/api/me");
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get("content-type"), "application/json");
        assert.match(answer.headers.get("www-authenticate"), /^Bearer/);
      }
    });

    test("only administrators see the administration", async () => {
      await assertPage(await (await signedIn(site.url, "user_ada")).browse("/admin"), 200, "Administration");
      const grace = await signedIn(site.url, "user_grace");
      assert.match(await assertPage(await grace.browse("/admin"), 403, "Administration"), /Only administrators may see this page/);
    });

    test("a session that is over is not renewed for a script, and is renewed on the way for a page", { timeout: 30_000 }, async () => {
      const visitor = await longAgo;
      assert.equal((await visitor.fetch("/api/me")).status, 401);
      visitor.visited.length = 0;
      const page = await visitor.browse("/dashboard?tab=2");
      await assertPage(page, 200, "Dashboard");
      assert.deepEqual(visitor.visited, ["/dashboard", ...renewal]);
      assert.equal(page.url, `${visitor.origin}/dashboard?tab=2`);
      assert.equal((await visitor.fetch("/api/me")).status, 200);
    });
  });
}

test("everybody sees the front page", async () => {
  const visitor = new Visitor(url);
  assert.match(await assertPage(await visitor.browse("/"), 200, "Guarded site"), /You are not signed in/);
});

test("pages of one person are kept by no cache", async () => {
  const visitor = await signedIn(url, "user_grace");
  for (const path of ["/dashboard", "/admin", "/api/me"]) {
    assert.equal((await visitor.open(path)).headers.get("cache-control"), "no-store");
  }
});

test("who comes from elsewhere meets Clerk once", async () => {
  const visitor = await signedIn(url, "user_ada");
  await assertPage(await visitor.browse("/dashboard", { Referer: EVIL }), 200, "Dashboard");
  assert.deepEqual(visitor.visited, ["/dashboard", HANDSHAKE, "/dashboard", "/dashboard"]);
});

test("what does not exist is not found by those who are signed in, and hidden from others", async () => {
  await assertPage(await (await signedIn(url, "user_ada")).browse("/nothing"), 404, "Not found");
  await assertPage(await new Visitor(url).browse("/nothing"), 200, "Sign in");
});

for (const path of ["/%64ashboard", "//dashboard", "/./dashboard", "/x/../dashboard", "/dashboard/", "/DASHBOARD", "/dashboard%2f", "/style.css/../dashboard", "/%2e/dashboard", "/dashboard;x", "/%0a/dashboard"]) {
  test(`no spelling of a path leads around the guard: ${path}`, async () => {
    const { status, body } = await send(url, { path, headers: { Accept: "application/json" } });
    assert.equal(status, 401);
    assert.doesNotMatch(body, /Welcome/);
  });
}

for (const path of ["/sign-in/../dashboard", "/__clerk/../dashboard", "/sign-in/%2e%2e/dashboard", "/__clerk%2f../dashboard", "/sign-in/", "/sign-in/main.js%00", "/sign-in/../style.css"]) {
  test(`nothing of the site is reached through its Clerk: ${path}`, async () => {
    const { status, body } = await send(url, { path, headers: { Accept: "application/json" } });
    assert.equal(status, 404);
    assert.doesNotMatch(body, /Welcome/);
  });
}

for (const foreign of [EVIL, "//evil.example/", "http://127.0.0.1.evil.example/", `${url}.evil.example/`, `${url}@evil.example/`, "javascript:alert(1)", `${url}/\r\nX: 1`]) {
  test(`no handshake leads elsewhere: ${JSON.stringify(foreign)}`, async () => {
    const answer = await new Visitor(url).open(`${HANDSHAKE}?redirect_url=${encodeURIComponent(foreign)}`);
    const location = answer.headers.get("location");
    assert.ok(location === null || location.startsWith(`${url}/`), location);
  });
}

test("a page from elsewhere gets no ticket, and signs nobody in", async () => {
  const visitor = new Visitor(url);
  const { ticket } = await (await visitor.post("/sign-in/tickets/user_ada")).json();
  for (const from of ["https://evil.example", "null", url.replace("127.0.0.1", "localhost")]) {
    assert.equal((await visitor.post("/sign-in/tickets/user_ada", {}, from)).status, 403);
    const form = { strategy: "ticket", ticket };
    assert.equal((await visitor.post("/__clerk/v1/client/sign_ins", form, from)).status, 403);
  }
  assert.equal(visitor.cookies.size, 0);
});

test("there are tickets for the people of the demo only", async () => {
  assert.equal((await new Visitor(url).post("/sign-in/tickets/user_stranger")).status, 404);
  assert.equal((await new Visitor(url).fetch("/sign-in/tickets/user_ada")).status, 404);
});

test("a host name that is not loopback's gets no answer", async () => {
  for (const path of ["/", "/sign-in", "/sign-in/people", "/__clerk/v1/client", "/dashboard"]) {
    for (const Host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"]) {
      assert.equal((await send(url, { path, headers: { Host } })).status, 421, `${Host} ${path}`);
    }
  }
});

test("a page asked for at another name of this machine leads to the one whose cookies count", async () => {
  const { port } = new URL(url);
  for (const Host of [`localhost:${port}`, `[::1]:${port}`]) {
    for (const path of ["/", "/dashboard?tab=2", "/sign-in?redirect_url=%2Fdashboard", "//evil.example/"]) {
      const page = { Host, "Sec-Fetch-Dest": "document" };
      const { status, headers } = await send(url, { path, headers: page });
      assert.deepEqual([status, headers.location], [307, url + path]);
    }
    const script = { Host, Accept: "application/json", "Sec-Fetch-Dest": "empty" };
    assert.equal((await send(url, { path: "/api/me", headers: script })).status, 401);
  }
});

test("bodies are not read", async () => {
  for (const path of ["/api/me", "/sign-in", "/sign-in/tickets/user_ada", "/nothing"]) {
    assert.equal((await send(url + path, { method: "POST", body: "x" })).status, 400, path);
  }
  assert.equal((await send(`${url}/__clerk/v1/client`, { body: "x" })).status, 400);
});

test("of the Frontend API alone, plain bodies of up to 16 KiB", async () => {
  const post = async (size, more = {}, headers = {}) =>
    (await send(`${url}/__clerk/nothing`, { method: "POST", body: "x".repeat(size), headers, ...more })).status;
  const limit = 16384;
  assert.deepEqual([await post(limit - 1), await post(limit), await post(limit + 1)], [404, 404, 413]);
  assert.equal(await post(1, { chunked: true }), 411);
  assert.equal(await post(1, {}, { "Content-Encoding": "gzip" }), 415);
  assert.equal(await post(1, {}, { "Content-Type": "multipart/form-data; boundary=b" }), 415);
});

test("of the Frontend API, paths of up to 256 bytes where there may be a body", async () => {
  const post = async (length) => {
    const path = "/__clerk/".padEnd(length, "x");
    return (await send(url, { method: "POST", path, body: "x" })).status;
  };
  assert.deepEqual([await post(255), await post(256), await post(257)], [404, 404, 414]);
});

test("a body that does not arrive is not waited for", { timeout: 20_000 }, async () => {
  const status = await new Promise((resolve, reject) => {
    const request = httpRequest(`${url}/__clerk/v1/client/sign_ins`, { method: "POST", headers: { "Content-Length": 100 } });
    const drip = setInterval(() => request.write("x"), 500);
    request.on("response", (response) => resolve(response.statusCode));
    request.on("error", reject);
    request.on("close", () => clearInterval(drip));
  });
  assert.equal(status, 408);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`${signal} ends it with status 0`, { timeout: 20_000 }, async () => {
    const site = await start();
    await fetch(site.url);
    assert.deepEqual(await site.child.stop(signal), { code: 0, signal: null });
  });
}
