// task_board with the keys of a Clerk instance, as its README says: no --demo, Clerk at another origin, and two people
// who open tasks and meet. Clerk is local; everything else is what users run.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";

import { bun } from "../peers/lib/bun.mjs";
import { startDevServer } from "../peers/lib/dev_server.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { choose, isLive, openTask, person, SHARED_TASK, signedOut, tasks } from "./lib/board_page.mjs";
import { launchBrowser, newProfile } from "./lib/browser.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { freePort, StubServer } from "./lib/http.mjs";
import { signInAtPortal } from "./lib/portal.mjs";
import { startTaskBoard } from "./lib/task_board.mjs";
import { until } from "./lib/until.mjs";
import { Visit } from "./lib/visit.mjs";

const TOKEN_SECONDS = 10;
const OWN = { id: "org_2abc", role: "org:member", slug: "own", name: "Our Company" };

const processes = new Processes();
const accountPortal = new StubServer(() => ({ headers: { "Content-Type": "text/html" }, body: "<title>Sign in</title>" }));
let browser;

before(async () => {
  [browser] = await Promise.all([launchBrowser(processes), accountPortal.start()]);
});

after(async () => {
  await processes.close();
  await accountPortal.stop();
});

/** Starts an instance with that Frontend API, and task_board with its keys and its own rooms. */
async function startSite(processes, host) {
  const liveblocks = await startDevServer(processes);
  const clerk = await new FakeClerk(processes).start(host);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await clerk.servePages(url, TOKEN_SECONDS);
  for (const [id, first_name, last_name] of [["user_2ann", "Ann", "Lee"], ["user_2bob", "Bob", "Ray"]]) {
    await clerk.addUser({ id, first_name, last_name, image_url: `${url}/favicon.svg`, memberships: [OWN] });
  }
  const database = join(processes.folder, "task_board.db");
  const { child } = await startTaskBoard(processes, {
    PORT: String(port),
    DATABASE_PATH: database,
    LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey,
    LIVEBLOCKS_BASE_URL: liveblocks.url,
    CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
    CLERK_SECRET_KEY: clerk.secretKey,
    CLERK_API_URL: clerk.url,
    CLERK_PROXY_URL: clerk.proxyUrl,
    CLERK_SIGN_IN_URL: `${accountPortal.url}/sign-in`,
  });
  return { clerk, url, child, giveTasks: () => giveTasks(processes, database) };
}

async function visit(t, site, userId) {
  const context = await newProfile(t, browser);
  const query = await signInAtPortal(site, context, userId);
  const visit = await Visit.in(context, `${site.url}/${query}`);
  await tasks(visit.page).waitFor({ state: "attached" });
  return visit;
}

/** As in the README. */
async function giveTasks(processes, database) {
  const statement = `UPDATE tasks SET owner_id = '${OWN.id}' WHERE owner_id = 'org_acme'`;
  const script = 'new (await import("bun:sqlite")).Database(process.argv[1]).run(process.argv[2])';
  const child = processes.start("bun", bun(), ["-e", script, database, statement]);
  assert.deepEqual(await child.exited, { code: 0, signal: null }, child.output);
}

describe("task_board with keys of", { concurrency: true }, () => {
  for (const [kind, host] of [["development", "calm-owl-7.clerk.accounts.dev"], ["production", "clerk.tasks.example"]]) {
    describe(`a ${kind} instance`, () => {
      const own = new Processes();
      let site;
      before(async () => (site = await startSite(own, host)));
      after(() => own.close());

      test("its keys are taken without a word", () => {
        assert.doesNotMatch(site.child.output, /task_board:|demo/);
      });

      test("whoever has not signed in is led to do so", { timeout: 200_000 }, async (t) => {
        const context = await newProfile(t, browser);
        const page = await context.newPage();
        await page.goto(`${site.url}/?task=3`);
        const at = new URL(page.url());
        assert.equal(at.origin + at.pathname, `${accountPortal.url}/sign-in`);
        const back = new URL(at.searchParams.get("redirect_url"));
        assert.equal(back.origin + back.pathname + back.search.slice(0, 7), `${site.url}/?task=3`);
      });

      test("two people get tasks, meet, and stay for longer than a token lives", { timeout: 200_000 }, async (t) => {
        const people = await Promise.all(["user_2ann", "user_2bob"].map((userId) => visit(t, site, userId)));
        await site.giveTasks();
        for (const { page } of people) {
          await page.reload();
          await openTask(page, SHARED_TASK);
          await isLive(page);
        }
        await person(people[0].page, "Bob Ray").waitFor();
        await person(people[1].page, "Ann Lee").waitFor();

        const first = await people[0].sessionClaims();
        await delay((first.exp + 1) * 1000 - Date.now());
        await until(async () => (await people[0].sessionClaims()).iat > first.iat);
        await openTask(people[0].page, "Review the pricing page");
        await isLive(people[0].page);
        await person(people[1].page, "Ann Lee").waitFor({ state: "detached" });
        for (const { violations, errors } of people) assert.deepEqual([violations, errors], [[], []]);
      });

      test("who signs out is out, and led to sign in again", { timeout: 200_000 }, async (t) => {
        const { page } = await visit(t, site, "user_2ann");
        await choose(page, "Sign out");
        await signedOut(page).waitFor();
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.waitForURL((at) => at.origin === accountPortal.url);
      });
    });
  }
});
