// The page of task_board and Clerk's sessions: renewal of tokens of ten seconds, tabs, people, organizations, and ends.
// Usage: node page_sessions.test.mjs <task_board> <fake_clerk> [development|production]

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";

import { Processes } from "../peers/lib/processes.mjs";
import { focusOneAtATime } from "./lib/browser.mjs";
import {
  choose,
  isLive,
  openTask,
  person,
  SHARED_TASK,
  signedOut,
  signIn,
  startBoard,
  taskLink,
  tasks,
} from "./lib/board_page.mjs";
import { claimsOf } from "./lib/claims.mjs";

const [, , , , instance = "development"] = process.argv;
const TOKEN_SECONDS = 10;
const CLOCK_SKEW_SECONDS = 5;
const TIMEOUT = { timeout: 200_000 };

const processes = new Processes();
let site;

before(async () => {
  site = await startBoard(processes, { instance, tokenSeconds: TOKEN_SECONDS });
});

after(() => processes.close());

const secondsLeft = ({ exp }) => exp - Date.now() / 1000;

/** Checks the cookie for longer than a token is valid: it is valid each time, and changes. */
async function staysSignedIn(visit) {
  const issued = new Set();
  const end = Date.now() + (TOKEN_SECONDS + CLOCK_SKEW_SECONDS + 1) * 1000;
  while (Date.now() < end) {
    const claims = await visit.sessionClaims();
    assert.ok(claims && secondsLeft(claims) > -CLOCK_SKEW_SECONDS, "the cookie has expired");
    issued.add(claims.iat);
    await delay(500);
  }
  assert.ok(issued.size > 1, "the token was never renewed");
}

/** The credentials that the page sends to the auth endpoint, in order. */
function credentialsOf(page) {
  const sent = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/liveblocks-auth") sent.push(request.headers().authorization);
  });
  return sent;
}

describe(`a ${instance} session as time goes by`, { concurrency: true }, () => {
  test("a page in front renews its tokens, and enters a room late with a new one", TIMEOUT, async (t) => {
    const visit = await site.enter(t, "user_ada");
    const { page } = visit;
    const sent = credentialsOf(page);
    await openTask(page, SHARED_TASK);
    await isLive(page);
    await staysSignedIn(visit);
    await openTask(page, "Review the pricing page");
    await person(page, "Ada Lovelace (you)").waitFor();

    assert.ok(sent.every((credentials) => credentials?.startsWith("Bearer ")));
    const [first, last] = [sent.at(0), sent.at(-1)].map((credentials) => claimsOf(credentials));
    assert.equal(last.sub, "user_ada");
    assert.equal(last.azp, site.url);
    assert.ok(last.iat >= first.iat + TOKEN_SECONDS / 2 && secondsLeft(last) > 0);
  });

  test("a page behind another tab renews its tokens", TIMEOUT, async (t) => {
    const visit = await site.enter(t, "user_ada");
    const other = await visit.newTab("about:blank");
    await focusOneAtATime(visit.page, other);
    await other.bringToFront();
    assert.equal(await visit.page.evaluate(() => document.hasFocus()), false);
    await staysSignedIn(visit);
  });

  test("who is signed out from elsewhere gets back into the room by signing in", TIMEOUT, async (t) => {
    const visit = await site.enter(t, "user_ada", { path: "/?task=7" });
    const { page } = visit;
    await isLive(page);
    const elsewhere = await site.enter(t, "user_ada");
    const { sid } = await visit.sessionClaims();
    await revoke(elsewhere.page, sid);

    await signedOut(page).waitFor();
    await page.getByRole("button", { name: "Sign in" }).click();
    await signIn(page, /Ada Lovelace/);
    await person(page, "Ada Lovelace (you)").waitFor();
    assert.equal(page.url(), `${site.url}/?task=7`);
    await tasks(elsewhere.page).waitFor();
  });

  test("who comes back after the token has expired is let in without signing in", TIMEOUT, async (t) => {
    const visit = await site.enter(t, "user_ada");
    await visit.page.close();
    const { exp } = await visit.sessionClaims();
    await delay((exp + CLOCK_SKEW_SECONDS + 1) * 1000 - Date.now());

    const visited = [];
    visit.context.on("request", (request) => visited.push(new URL(request.url()).pathname));
    const page = await visit.newTab(`${site.url}/?task=3`);
    await person(page, "Ada Lovelace (you)").waitFor();
    assert.ok(visited.includes("/__clerk/v1/client/handshake"));
    assert.ok(!visited.includes("/sign-in"));
    assert.equal(page.url(), `${site.url}/?task=3`);
  });
});

describe(`people and organizations of a ${instance} instance`, () => {
  test("signing out in one tab reaches the other, which leaves its room", TIMEOUT, async (t) => {
    const ada = await site.enter(t, "user_ada", { path: "/?task=4" });
    const grace = await site.enter(t, "user_grace");
    const other = await grace.newTab(`${site.url}/?task=4`);
    await person(ada.page, "Grace Hopper").waitFor();
    await choose(grace.page, "Sign out");
    await signedOut(grace.page).waitFor();
    await signedOut(other).waitFor();
    await person(ada.page, "Grace Hopper").waitFor({ state: "detached" });
    assert.equal(await grace.sessionClaims(), null);
  });

  test("two tabs of one browser can be two people, also after a reload", TIMEOUT, async (t) => {
    const visit = await site.enter(t, "user_ada");
    const { page } = visit;
    const other = await visit.newTab(site.url);
    await tasks(other).waitFor();
    await choose(other, "Add another person");
    await signIn(other, /Grace Hopper/);
    for (const tab of [page, other]) await openTask(tab, SHARED_TASK);
    for (const reload of [false, true]) {
      if (reload) await Promise.all([page.reload(), other.reload()]);
      await person(page, "Ada Lovelace (you)").waitFor();
      await person(page, "Grace Hopper").waitFor();
      await person(other, "Grace Hopper (you)").waitFor();
      await person(other, "Ada Lovelace").waitFor();
    }

    await choose(other, "Switch to Ada Lovelace");
    await person(other, "Ada Lovelace (you)").waitFor();
    await choose(other, "Switch to Grace Hopper");
    await person(other, "Grace Hopper (you)").waitFor();
    await choose(other, "Sign out");
    await signedOut(other).waitFor();
    await person(page, "Grace Hopper").waitFor({ state: "detached" });
    await person(page, "Ada Lovelace (you)").waitFor();
  });

  test("another organization has other tasks, and lets into no task of the one before", TIMEOUT, async (t) => {
    const { page } = await site.enter(t, "user_ada");
    const organization = page.getByRole("combobox", { name: "Organization" });
    await openTask(page, SHARED_TASK);
    await isLive(page);
    await organization.focus();
    await organization.selectOption("Analytical Society");
    await taskLink(page, "Book the lecture hall").waitFor();
    assert.equal(await taskLink(page, SHARED_TASK).count(), 0);
    assert.equal(page.url(), `${site.url}/`);
    assert.ok(await organization.evaluate((select) => select === document.activeElement));
    await openTask(page, "Book the lecture hall");
    await isLive(page);

    await page.goto(`${site.url}/?task=3`);
    await page.getByRole("alert").getByText("switch to that one first").waitFor();
    await organization.selectOption("Acme");
    await openTask(page, SHARED_TASK);
    await isLive(page);

    await organization.selectOption("Personal");
    await taskLink(page, SHARED_TASK).waitFor({ state: "detached" });
    await openTask(page, "Write the launch post");
    await isLive(page);
  });

  test("a link with a ticket leaves people who they are", TIMEOUT, async (t) => {
    const visit = await site.enter(t, "user_grace");
    const headers = { Origin: site.url };
    const answer = await visit.page.request.post(`${site.url}/sign-in/tickets/user_ada`, { headers });
    const { ticket } = await answer.json();
    const page = await visit.newTab(`${site.url}/?task=3&__clerk_ticket=${ticket}&__clerk_status=sign_in`);
    await person(page, "Grace Hopper (you)").waitFor();
    assert.equal((await visit.sessionClaims()).sub, "user_grace");
  });
});

/** Ends a session that the person of a page has in another browser, as in a list of devices. */
function revoke(page, session) {
  return page.evaluate(async (id) => {
    const devBrowser = /(?:^|; )__clerk_db_jwt=([^;]*)/.exec(document.cookie)?.[1];
    const query = devBrowser ? `?__clerk_db_jwt=${devBrowser}` : "";
    const active = await (await fetch(`/__clerk/v1/me/sessions/active${query}`)).json();
    if (!active.some((each) => each.id === id)) throw new Error("it is not among the person's sessions");
    const answer = await fetch(`/__clerk/v1/me/sessions/${id}/revoke${query}`, { method: "POST" });
    if (!answer.ok) throw new Error(`revoke answered ${answer.status}`);
  }, session);
}
