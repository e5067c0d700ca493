// Clerk's own browser SDK with liveblocks::testing::FakeFrontendApi, without a browser; and Clerk's own backend SDK as the
// guard of a page that redirects browsers there. Usage: node frontend_api.test.mjs <frontend_api>

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";

import { peer } from "../peers/lib/peers.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { Browser, DEVELOPMENT, FrontendApi, PRODUCTION } from "./lib/frontend_api.mjs";

process.env.CLERK_TELEMETRY_DISABLED = "1";
const { createClerkClient, verifyToken } = await peer("@clerk/backend");

const processes = new Processes();
after(() => processes.close());

const start = (options) => new FrontendApi().start(processes, options);

/** Returns the claims of a token, which Clerk's SDK for servers must accept. */
const claimsOf = (api, token) => verifyToken(token, { jwtKey: api.pem, authorizedParties: [api.origin] });

const codeOf = async (promise) => {
  const error = await promise.then(() => assert.fail("it was granted"), (reason) => reason);
  return error.errors?.[0]?.code ?? String(error);
};

for (const host of [PRODUCTION, DEVELOPMENT]) {
  const api = await start({ host });
  describe(`a page of ${host}`, () => {
    const load = () => new Browser(api).loadClerk();

    test("nobody is signed in at first", async () => {
      const { clerk } = await load();
      assert.equal(clerk.user, null);
      assert.deepEqual(clerk.client.signedInSessions, []);
    });

    test("a ticket signs its user in", async () => {
      const browser = await load();
      await browser.signIn("user_ada");
      const { user, organization } = browser.clerk;
      assert.equal(user.fullName, "Ada Lovelace");
      assert.equal(organization.name, "Acme");
      assert.deepEqual(user.organizationMemberships.map(({ role, organization: { slug } }) => [role, slug]), [
        ["org:admin", "acme"],
        ["org:member", "zoo"],
      ]);
      const claims = await claimsOf(api, await browser.do((clerk) => clerk.session.getToken()));
      assert.equal(claims.sub, "user_ada");
      assert.equal(claims.sid, browser.clerk.session.id);
      assert.equal(claims.azp, api.origin);
      assert.deepEqual(claims.o, { id: "org_acme", rol: "admin", slg: "acme", per: "close", fpm: "1" });
    });

    test("a ticket that was used is refused, and nobody is signed in", async () => {
      const browser = await load();
      const ticket = await api.ticket("user_ada");
      const signIn = (visitor) => visitor.do((clerk) => clerk.client.signIn.create({ strategy: "ticket", ticket }));
      await signIn(await load());
      assert.equal(await codeOf(signIn(browser)), "ticket_invalid_code");
      assert.deepEqual(browser.clerk.client.signedInSessions, []);
    });

    test("the organization is chosen by id, by slug, or not at all", async () => {
      const browser = await load();
      await browser.signIn("user_ada");
      for (const [organization, id] of [["org_zoo", "org_zoo"], ["acme", "org_acme"], [null, undefined]]) {
        await browser.do((clerk) => clerk.setActive({ organization }));
        assert.equal(browser.clerk.organization?.id, id);
        const token = await browser.do((clerk) => clerk.session.getToken());
        assert.equal((await claimsOf(api, token)).o?.id, id);
      }
    });

    test("a token may be for another organization than the active one", async () => {
      const browser = await load();
      await browser.signIn("user_ada");
      const token = await browser.do((clerk) => clerk.session.getToken({ organizationId: "org_zoo" }));
      assert.equal((await claimsOf(api, token)).o.id, "org_zoo");
      assert.equal(browser.clerk.organization.id, "org_acme");
    });

    test("tokens are cached, and new ones are to be had", async () => {
      const browser = await load();
      await browser.signIn("user_ada");
      const ask = (options) => browser.do((clerk) => clerk.session.getToken(options));
      const first = await ask();
      assert.equal(await ask(), first);
      assert.notEqual(await ask({ skipCache: true }), first);
    });

    test("there are no templates of tokens", async () => {
      const browser = await load();
      await browser.signIn("user_ada");
      const asked = browser.do((clerk) => clerk.session.getToken({ template: "other" }));
      assert.equal(await codeOf(asked), "resource_not_found");
      assert.equal(browser.clerk.user.id, "user_ada");
    });

    test("two people share a browser, and one of them leaves", async () => {
      const browser = await load();
      const ada = await browser.signIn("user_ada");
      await browser.signIn("user_grace");
      assert.equal(browser.clerk.user.id, "user_grace");
      assert.equal(browser.clerk.client.signedInSessions.length, 2);
      await browser.do((clerk) => clerk.session.remove());
      await browser.do((clerk) => clerk.setActive({ session: ada }));
      assert.equal(browser.clerk.user.id, "user_ada");
      assert.deepEqual(browser.clerk.client.signedInSessions.map(({ id }) => id), [ada]);
    });

    test("a reload finds whoever was signed in", async () => {
      const browser = await load();
      await browser.signIn("user_grace");
      const client = await browser.do((clerk) => clerk.client.reload());
      assert.equal(client.lastActiveSessionId, browser.clerk.session.id);
      assert.equal(client.signedInSessions[0].user.id, "user_grace");
    });

    test("whose sessions were ended elsewhere is signed out at the next token", async () => {
      const browser = await load();
      await browser.signIn("user_grace");
      const heard = [];
      browser.clerk.addListener(({ user }) => heard.push(user?.id ?? null));
      await api.endSessions("user_grace");
      assert.equal(await codeOf(browser.do((clerk) => clerk.session.getToken({ skipCache: true }))), "authentication_invalid");
      assert.equal(heard.at(-1), null);
      assert.ok(!browser.clerk.user);
    });

    test("people revoke their sessions in other browsers", async () => {
      const [here, there] = [await load(), await load()];
      await api.endSessions("user_ada");
      await here.signIn("user_ada");
      const lost = await there.signIn("user_ada");
      const sessions = await here.do((clerk) => clerk.user.getSessions());
      assert.equal(sessions.length, 2);
      const revoked = sessions.find(({ id }) => id === lost);
      assert.equal((await here.do(() => revoked.revoke())).status, "revoked");
      await codeOf(there.do((clerk) => clerk.session.getToken({ skipCache: true })));
      assert.ok(!there.clerk.user);
      assert.equal((await claimsOf(api, await here.do((clerk) => clerk.session.getToken({ skipCache: true })))).sub, "user_ada");
    });

    test("Clerk's SDK for servers takes the handshakes", async () => {
      const browser = await load();
      await browser.signIn("user_ada");
      const state = await visit(api, browser);
      assert.equal(state.toAuth().userId, "user_ada");
      assert.equal(state.toAuth().orgId, "org_acme");
    });

    test("a handshake of nobody ends signed out", async () => {
      const state = await visit(api, await load());
      assert.equal(state.status, "signed-out");
    });
  });
}

test("tokens that are about to expire are renewed on demand", async () => {
  const api = await start({ tokenLifetime: 5 });
  const browser = await new Browser(api).loadClerk();
  await browser.signIn("user_ada");
  const ask = () => browser.do((clerk) => clerk.session.getToken());
  const first = await ask();
  assert.notEqual(await ask(), first);
});

test("where one session is allowed nobody else signs in", async () => {
  const api = await start({ singleSession: true });
  const browser = await new Browser(api).loadClerk();
  await browser.signIn("user_ada");
  assert.equal(await codeOf(browser.signIn("user_grace")), "session_exists");
  assert.equal(browser.clerk.user.id, "user_ada");
});

/** The decision of a server about a page whose cookies say that somebody is signed in, but without a session cookie. */
async function visit(api, browser) {
  const server = createClerkClient({ ...api, jwtKey: api.pem, apiUrl: api.origin });
  const options = { proxyUrl: `${api.origin}/__clerk`, authorizedParties: [api.origin], jwtKey: api.pem };
  browser.cookies.set("__client_uat", "1");
  let url = `${api.origin}/board?room=1`;
  for (let hop = 0; hop < 6; ++hop) {
    const headers = { Cookie: browser.cookieHeader, "Sec-Fetch-Dest": "document" };
    const state = await server.authenticateRequest(new Request(url, { headers }), options);
    state.headers.getSetCookie().forEach((line) => browser.keep(line));
    const next = state.headers.get("Location");
    if (!next) return state;
    url = state.status === "handshake" ? (await browser.fetch(next)).headers.get("Location") : next;
  }
  assert.fail("the browser is sent round");
}
