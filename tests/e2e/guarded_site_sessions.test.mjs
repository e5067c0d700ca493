// guarded_site --demo in a real browser: how a session is renewed, and how it ends.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { heading, KINDS, signOutButton, SiteVisit, startSite, text } from "./lib/guarded_site.mjs";
import { until } from "./lib/until.mjs";

const TOKEN_SECONDS = "10";

describe("a session", { concurrency: 4 }, () => {
  for (const { kind, handshake } of KINDS) {
    const site = startSite({ DEMO_INSTANCE: kind, DEMO_TOKEN_SECONDS: TOKEN_SECONDS });

    test(`${kind}: is kept fresh by a page that is open`, async (t) => {
      const visit = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
      await signOutButton(visit.page).focus();
      const first = await visit.sessionClaims();
      await until(async () => {
        const { iat, exp } = await visit.sessionClaims();
        assert.ok(exp * 1000 > Date.now(), "the session in the cookie has run out");
        return iat > first.exp;
      });
      assert.equal(await visit.page.evaluate(() => document.activeElement.textContent), "Sign out");
      await visit.go("/dashboard");
      await signOutButton(visit.page).waitFor();
      assert.deepEqual(visit.paths, ["/dashboard"]);
      assert.deepEqual(visit.complaints, []);
    });

    test(`${kind}: is renewed on the way when it ran out while no page was open`, async (t) => {
      const visit = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
      await visit.page.goto("about:blank");
      await visit.outlastSession();
      await visit.go("/dashboard?tab=2");
      await text(visit.page, "Welcome, Ada Lovelace.");
      assert.equal(visit.page.url(), `${visit.url}/dashboard?tab=2`);
      assert.deepEqual(visit.paths, ["/dashboard", ...handshake("/dashboard")]);
      assert.deepEqual(visit.complaints, []);
    });

    test(`${kind}: is good for pages without scripts, too`, async (t) => {
      const { context, url } = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
      const visit = await SiteVisit.begin(t, url, { javaScriptEnabled: false, storageState: await context.storageState() });
      await context.close();
      await visit.go("/dashboard");
      await text(visit.page, "Welcome, Ada Lovelace.");
      assert.equal(await visit.page.locator("noscript").innerText(), "Signing out needs JavaScript.");
      await visit.outlastSession();
      await visit.go("/dashboard");
      await text(visit.page, "Welcome, Ada Lovelace.");
      assert.deepEqual(visit.paths, ["/dashboard", ...handshake("/dashboard")]);
    });
  }

  test("that is ended elsewhere ends in the page", async (t) => {
    const visit = await SiteVisit.signedIn(t, await startSite({ DEMO_TOKEN_SECONDS: "6" }), "Ada Lovelace");
    const elsewhere = await SiteVisit.begin(t, visit.url);
    await elsewhere.go("/sign-in");
    await elsewhere.choose("Ada Lovelace");
    await signOutButton(elsewhere.page).waitFor();
    const { sid } = await visit.sessionClaims();
    const revoked = await elsewhere.page.evaluate(async (id) => {
      const devBrowser = (await cookieStore.get("__clerk_db_jwt")).value;
      const answer = await fetch(`/__clerk/v1/me/sessions/${id}/revoke?__clerk_db_jwt=${devBrowser}`, { method: "POST" });
      return answer.status;
    }, sid);
    assert.equal(revoked, 200);
    await heading(visit.page, "Sign in");
    await elsewhere.go("/dashboard");
    await text(elsewhere.page, "Welcome, Ada Lovelace.");
  });
});
