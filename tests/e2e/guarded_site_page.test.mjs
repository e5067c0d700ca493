// guarded_site --demo in a real browser, with Clerk's own browser SDK in its pages: who sees which page.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { storeCookiesLate } from "./lib/browser.mjs";
import { HANDSHAKE, heading, KINDS, signOutButton, SiteVisit, startSite, text } from "./lib/guarded_site.mjs";
import { StubServer } from "./lib/http.mjs";
import { until } from "./lib/until.mjs";

const site = startSite();

describe("a browser", { concurrency: 3 }, () => {
  for (const { kind, firstVisit } of KINDS) {
    const ofKind = startSite({ DEMO_INSTANCE: kind });

    test(`${kind}: from a page to signing in and back to the page`, async (t) => {
      const visit = await SiteVisit.begin(t, await ofKind);
      await visit.go("/dashboard?tab=2");
      await visit.choose("Ada Lovelace");
      await text(visit.page, "Welcome, Ada Lovelace.");
      await signOutButton(visit.page).waitFor();
      assert.equal(visit.page.url(), `${visit.url}/dashboard?tab=2`);
      assert.deepEqual(visit.paths, ["/dashboard", ...firstVisit("/dashboard"), "/sign-in", "/dashboard"]);
      assert.deepEqual(visit.complaints, []);
    });

    test(`${kind}: who signs out is signed out in every tab, and is sent to sign in again`, async (t) => {
      const visit = await SiteVisit.signedIn(t, await ofKind, "Ada Lovelace");
      const other = await visit.newTab();
      await visit.go("/admin?tab=2", other);
      await signOutButton(other).waitFor();
      await signOutButton(visit.page).click();
      await text(visit.page, "You are not signed in.");
      await visit.choose("Grace Hopper", other);
      await text(other, "Only administrators may see this page.");
      assert.equal(other.url(), `${visit.url}/admin?tab=2`);
    });
  }

  test("a script of the page is signed in as the page is", async (t) => {
    const { page } = await SiteVisit.signedIn(t, await site, "Grace Hopper");
    // In one task, so that Clerk's script cannot set the cookie again before the request is sent.
    const ask = ({ withoutSession }) =>
      page.evaluate(async (forget) => {
        const names = document.cookie.split("; ").map((pair) => pair.split("=")[0]);
        const sessions = names.filter((name) => forget && name.startsWith("__session"));
        for (const name of sessions) document.cookie = `${name}=; Max-Age=0; Path=/`;
        const response = await fetch("/api/me");
        return { status: response.status, body: await response.json() };
      }, withoutSession);
    const { status, body } = await ask({ withoutSession: false });
    assert.deepEqual([status, body.userId], [200, "user_grace"]);
    assert.equal((await ask({ withoutSession: true })).status, 401);
  });

  test("only administrators get to the administration", async (t) => {
    const ada = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
    await ada.page.getByRole("link", { name: "Administration" }).click();
    await text(ada.page, "Only administrators of acme may see this page.");
    const grace = await SiteVisit.signedIn(t, await site, "Grace Hopper");
    assert.equal((await grace.go("/admin")).status(), 403);
  });

  test("who switches to another organization is what they are there", async (t) => {
    const ada = await SiteVisit.signedIn(t, await site, "Ada Lovelace", "/admin");
    await ada.page.getByRole("combobox", { name: "Organization" }).selectOption("Analytical Society");
    await text(ada.page, "Only administrators may see this page.");
    await ada.page.getByRole("combobox", { name: "Organization" }).selectOption("Acme");
    await text(ada.page, "Only administrators of acme may see this page.");
  });

  test("the next page has the new cookies, however late the browser stores them", async (t) => {
    const visit = await SiteVisit.begin(t, await site);
    await storeCookiesLate(visit.context);
    await visit.go("/admin");
    await visit.choose("Ada Lovelace");
    await text(visit.page, "Only administrators of acme may see this page.");
    await visit.page.getByRole("combobox", { name: "Organization" }).selectOption("Analytical Society");
    await text(visit.page, "Only administrators may see this page.");
    await signOutButton(visit.page).click();
    await text(visit.page, "You are not signed in.");
  });

  test("a second person signs in beside the first, who is known from then on", async (t) => {
    const visit = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
    await visit.go("/sign-in?redirect_url=%2Fdashboard");
    await visit.page.getByRole("button", { name: /Ada Lovelace.*Signed in/ }).waitFor();
    await visit.choose("Grace Hopper");
    await text(visit.page, "Welcome, Grace Hopper.");
    await visit.go("/sign-in#/?redirect_url=%2Fdashboard");
    await visit.page.getByRole("button", { name: /Grace Hopper.*Signed in/ }).waitFor();
    const requests = [];
    visit.page.on("request", (request) => requests.push(request.url()));
    await visit.choose("Ada Lovelace");
    await text(visit.page, "Welcome, Ada Lovelace.");
    assert.deepEqual(requests.filter((url) => url.includes("/tickets/")), []);
  });

  test("the way back may be in the query and in the fragment, and leads nowhere else", async (t) => {
    const url = await site;
    const foreign = ["https://evil.example/", "//evil.example/", "javascript:alert(1)", `${url}.evil.example/`, `${url}@evil.example/`, `blob:${url}/`, url.replace("//", "//ada:pass@"), "http://[", ""];
    const places = [
      ...foreign.map((place) => [place, `${url}/`]),
      ["/dashboard?a=b&c=d#e", `${url}/dashboard?a=b&c=d#e`],
      [`${url}//evil.example/`, `${url}//evil.example/`],
    ];
    const visit = await SiteVisit.signedIn(t, url, "Ada Lovelace", "/sign-in");
    for (const [place, end] of places) {
      for (const address of [`/sign-in?redirect_url=${encodeURIComponent(place)}`, `/sign-in#/?redirect_url=${encodeURIComponent(place)}`]) {
        await visit.page.goto("about:blank");
        await visit.go(address);
        await visit.choose("Ada Lovelace");
        await visit.page.waitForURL(end);
      }
    }
  });

  test("a link from another site leads through Clerk to the page", async (t) => {
    const { page, context, paths, url } = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
    const elsewhere = await new StubServer(() => ({
      headers: { "Content-Type": "text/html", "Referrer-Policy": "unsafe-url" },
      body: `<a href="${url}/dashboard">Dashboard</a>`,
    })).start();
    t.after(() => elsewhere.stop());
    await context.clearCookies({ name: "__clerk_redirect_count" }); // As if two seconds had passed.
    await page.goto(elsewhere.url.replace("127.0.0.1", "localhost"));
    paths.length = 0;
    await page.getByRole("link", { name: "Dashboard" }).click();
    await heading(page, "Dashboard");
    assert.deepEqual(paths, ["/dashboard", HANDSHAKE, "/dashboard", "/dashboard"]);
  });

  test("who opens the site by another name of this machine can sign in", async (t) => {
    const url = await site;
    const visit = await SiteVisit.begin(t, url.replace("127.0.0.1", "localhost"));
    await visit.go("/dashboard?tab=2");
    await visit.choose("Ada Lovelace");
    await visit.page.waitForURL(`${url}/dashboard?tab=2`);
  });

  test("who cannot sign out because Clerk cannot be reached is told so", async (t) => {
    const visit = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
    await visit.context.route(/__clerk/, (route) => route.abort());
    await visit.go("/");
    await signOutButton(visit.page).click();
    await text(visit.page, "Clerk cannot be reached");
  });

  test("the sign-in page says what went wrong, and tries again", async (t) => {
    const visit = await SiteVisit.begin(t, await site);
    await visit.go("/dashboard");
    await heading(visit.page, "Sign in");
    await visit.context.route(/tickets/, (route) => route.fulfill({ status: 503 }));
    await visit.choose("Ada Lovelace");
    const alert = visit.page.getByRole("alert");
    await alert.getByText("Ada Lovelace could not be signed in. The server responded with status 503.").waitFor();
    await visit.context.unroute(/tickets/);
    await alert.getByRole("button", { name: "Try again" }).click();
    await text(visit.page, "Welcome, Ada Lovelace.");
  });

  test("the sign-in page says that it cannot be loaded, and tries again", async (t) => {
    const visit = await SiteVisit.begin(t, await site);
    await visit.context.route(/people/, (route) => route.abort());
    await visit.go("/sign-in");
    const alert = visit.page.getByRole("alert");
    await alert.getByText("This page could not be loaded. The server cannot be reached.").waitFor();
    await visit.context.unroute(/people/);
    await alert.getByRole("button", { name: "Try again" }).click();
    await visit.choose("Ada Lovelace");
    await text(visit.page, "You are signed in.");
  });

  test("who goes back to the sign-in page finds it as things are now", async (t) => {
    const visit = await SiteVisit.begin(t, await site);
    await visit.go("/sign-in");
    const ada = visit.page.getByRole("button", { name: "Ada Lovelace" });
    await ada.evaluate((button) => (button.disabled = true)); // As while she is being signed in.
    await visit.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await ada.click();
    await text(visit.page, "You are signed in.");
  });

  test("what no page of the site brings is refused by the browser", async (t) => {
    const visit = await SiteVisit.signedIn(t, await site, "Ada Lovelace");
    for (const path of ["/dashboard", "/sign-in"]) {
      await visit.go(path);
      await heading(visit.page, path === "/sign-in" ? "Sign in" : "Dashboard");
      visit.violations.length = 0;
      await visit.page.evaluate(() => {
        const add = (tag, attributes) => document.head.append(Object.assign(document.createElement(tag), attributes));
        add("script", { src: "https://evil.example/x.js" });
        add("script", { textContent: "window.injected = true" });
        add("link", { rel: "stylesheet", href: "https://evil.example/x.css" });
        fetch("https://evil.example/").catch(() => {});
        new Image().src = "https://evil.example/x.png";
        add("base", { href: "https://evil.example/" });
      });
      const refused = ["script-src-elem https://evil.example/x.js", "script-src-elem inline", "style-src-elem https://evil.example/x.css", "connect-src https://evil.example/", "img-src https://evil.example/x.png"];
      await until(() => refused.every((violation) => visit.violations.includes(violation)));
      assert.equal(await visit.page.evaluate(() => window.injected), undefined);
      assert.equal(await visit.page.evaluate(() => document.baseURI.startsWith(location.origin)), true);
    }
  });
});
