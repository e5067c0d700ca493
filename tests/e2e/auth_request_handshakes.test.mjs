// examples/auth_request with the real nginx and either kind of Clerk instance: handshakes on the way to a page.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Processes } from "../peers/lib/processes.mjs";
import { claimsOf } from "./lib/claims.mjs";
import { GatedSite } from "./lib/gated_site.mjs";

const processes = new Processes();
after(() => processes.close());
const PRODUCTION = "clerk.example.com";
const DEVELOPMENT = "a-b-1.clerk.accounts.dev";
const HANDSHAKE = "/__clerk/v1/client/handshake";
const TIMEOUT = { timeout: 60_000 };
const PAGE = { Accept: "text/html", "Sec-Fetch-Dest": "document" };
/** As many as the configuration hands on. */
const MAX_COOKIES = 12;

/** Resolves with the site, and a visitor whose session has expired. */
async function signedInLongAgo(host) {
  const site = await new GatedSite().start(processes, { host, tokenSeconds: 6 });
  const visitor = await site.signedIn();
  const { exp } = claimsOf(visitor.cookies.get("__session").value);
  const toleranceSeconds = 5;
  await sleep((exp + toleranceSeconds + 1) * 1000 - Date.now());
  visitor.visited.length = 0;
  return { site, visitor };
}

for (const { kind, host, renewal } of [
  // The result of the handshake is in the URL, and is removed from it.
  { kind: "development", host: DEVELOPMENT, renewal: [HANDSHAKE, "/dashboard", "/dashboard"] },
  // The result of the handshake is in a cookie, and the page is shown at once.
  { kind: "production", host: PRODUCTION, renewal: [HANDSHAKE, "/dashboard"] },
]) {
  describe(`with an instance of the kind ${kind}`, () => {
    const longAgo = signedInLongAgo(host);

    test("a session that is over is renewed on the way, with one look at its nonce", TIMEOUT, async () => {
      const { site, visitor } = await longAgo;
      const page = await visitor.browse("/dashboard?tab=2&x=%2F");
      assert.equal(page.status, 200);
      const seen = await page.json();
      assert.deepEqual(visitor.visited, ["/dashboard", ...renewal]);
      assert.equal(seen.path, "/dashboard?tab=2&x=%2F");
      assert.equal(seen.headers["x-user-id"], "user_ada");
      const nonces = (await site.clerk.requests()).filter(({ path }) => path.includes("handshake_payload"));
      assert.equal(nonces.length, 1);
      assert.ok(claimsOf(visitor.cookies.get("__session").value).exp * 1000 > Date.now());
      visitor.visited.length = 0;
      assert.equal((await visitor.browse("/dashboard")).status, 200);
      assert.deepEqual(visitor.visited, ["/dashboard"]);
      assert.equal(site.application.requests.length, 2);
    });
  });
}

describe("the cookies of a handshake", () => {
  const starting = new GatedSite().start(processes, { host: DEVELOPMENT });
  const lines = (count) => Array.from({ length: count }, (_, i) => `__clerk_test_${i}=${"v".repeat(500)}${i}; Path=/; SameSite=Lax; Expires=Thu, 01 Jan 2099 00:00:00 GMT`);

  /** Returns from a handshake that sets these cookies. */
  async function handshake(cookies) {
    const site = await starting;
    const token = await site.token({ handshake: cookies });
    return { site, ...(await site.send(`/dashboard?a=%2F&__clerk_handshake=${token}`, { headers: PAGE })) };
  }

  test("all arrive, in their order, as many as the configuration hands on", TIMEOUT, async () => {
    for (const count of [1, 6, MAX_COOKIES]) {
      const { site, status, headers } = await handshake(lines(count));
      assert.equal(status, 307);
      assert.equal(headers.location, `${site.url}/dashboard?a=%2F`);
      assert.deepEqual(headers["set-cookie"], lines(count));
    }
  });

  test("none arrives if there are more: some would be lost", TIMEOUT, async () => {
    const { site, status, headers } = await handshake(lines(MAX_COOKIES + 1));
    assert.equal(status, 500);
    assert.ok(!("set-cookie" in headers));
    assert.match(site.guard.output, /more cookies than/);
    assert.equal(site.application.requests.length, 0);
  });

  test("arrive beside those of the application", TIMEOUT, async () => {
    const site = await new GatedSite().start(processes, { host: PRODUCTION });
    site.application.headers = { "Set-Cookie": ["a=1", "b=2"], "Cache-Control": "public" };
    const session = `__session=${await site.token()}; Path=/`;
    const uat = `__client_uat=${Math.floor(Date.now() / 1000) - 60}; Path=/`;
    const token = await site.token({ handshake: [session, uat] });
    const { status, headers, body } = await site.send("/dashboard", { headers: { ...PAGE, Cookie: `__clerk_handshake=${token}` } });
    assert.equal(status, 200, body);
    assert.deepEqual(headers["set-cookie"].slice(0, 2), ["a=1", "b=2"]);
    for (const line of [session, uat]) assert.ok(headers["set-cookie"].includes(line));
    assert.equal(headers["cache-control"], "public, no-store");
    assert.equal(JSON.parse(body).headers["x-user-id"], "user_ada");
  });
});
