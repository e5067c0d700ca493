// guarded_site --demo in a real browser.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { launchBrowser } from "./lib/browser.mjs";
import { StubServer } from "./lib/http.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());

let browser;
let url;

before(async () => {
  const child = processes.start("guarded_site", program, ["--demo"], { env: { PATH: process.env.PATH } });
  [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  browser = await launchBrowser(processes);
});

/** A new browser profile; remembers where its pages were sent, and what it complained about. */
async function open(t, path) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const paths = [];
  const complaints = [];
  page.on("request", (request) => request.isNavigationRequest() && paths.push(new URL(request.url()).pathname));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url + path);
  return { page, context, paths, complaints };
}

const heading = (page, name) => page.getByRole("heading", { name }).waitFor();

async function signIn(t, name) {
  const visit = await open(t, "/dashboard");
  await visit.page.getByRole("button", { name }).click();
  await heading(visit.page, "Dashboard");
  return visit;
}

test("from a page to signing in and back to the page", { timeout: 60_000 }, async (t) => {
  const { page, paths, complaints } = await open(t, "/dashboard?tab=2");
  await heading(page, "Sign in");
  await page.getByRole("button", { name: "Ada Lovelace" }).click();
  await heading(page, "Dashboard");
  assert.equal(page.url(), `${url}/dashboard?tab=2`);
  await page.getByText("Welcome, Ada Lovelace.").waitFor();
  assert.equal(paths.filter((path) => path === "/__clerk/v1/client/handshake").length, 1);
  assert.deepEqual(complaints, []);
});

test("a session that ends is renewed without anybody noticing", { timeout: 60_000 }, async (t) => {
  const { page, paths } = await signIn(t, "Ada Lovelace");
  await page.getByRole("button", { name: "Let the session expire" }).click();
  await heading(page, "Guarded site");
  await page.getByText("You are signed in.").waitFor();
  paths.length = 0;
  await page.getByRole("link", { name: "Dashboard" }).click();
  await heading(page, "Dashboard");
  assert.deepEqual(paths, ["/dashboard"]);
});

test("a script of the page is signed in as the page is", { timeout: 60_000 }, async (t) => {
  const { page, context } = await signIn(t, "Grace Hopper");
  const ask = () =>
    page.evaluate(async () => {
      const answer = await fetch("/api/me");
      return { status: answer.status, body: await answer.json() };
    });
  const { status, body } = await ask();
  assert.deepEqual([status, body.userId], [200, "user_grace"]);
  await context.clearCookies({ name: "__session" });
  assert.equal((await ask()).status, 401);
});

test("only administrators get to the administration", { timeout: 60_000 }, async (t) => {
  const ada = await signIn(t, "Ada Lovelace");
  await ada.page.getByRole("link", { name: "Administration" }).click();
  await heading(ada.page, "Administration");
  const grace = await signIn(t, "Grace Hopper");
  assert.equal((await grace.page.goto(`${url}/admin`)).status(), 403);
});

test("a link from another site leads through Clerk to the page", { timeout: 60_000 }, async (t) => {
  const { page, context, paths } = await signIn(t, "Ada Lovelace");
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
  assert.deepEqual(paths, ["/dashboard", "/__clerk/v1/client/handshake", "/dashboard", "/dashboard"]);
});

test("who signs out is sent to sign in again", { timeout: 60_000 }, async (t) => {
  const { page } = await signIn(t, "Ada Lovelace");
  await page.getByRole("button", { name: "Sign out" }).click();
  await heading(page, "Guarded site");
  await page.goto(`${url}/dashboard`);
  await heading(page, "Sign in");
});
