// The page of task_board when something is missing or unreachable: readable, and never empty.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { startDevServer } from "../peers/lib/dev_server.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { launchBrowser } from "./lib/browser.mjs";
import { BoardSite, isLive, openTask, person, signedOut, startBoardServer, tasks } from "./lib/board_page.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { startTaskBoard } from "./lib/task_board.mjs";

const processes = new Processes();
const sites = {};
let liveblocks;

before(async () => {
  liveblocks = await startDevServer(processes);
  const browser = await launchBrowser(processes);
  for (const instance of ["development", "production"]) {
    sites[instance] = new BoardSite(await startBoardServer(processes, liveblocks, { instance }), browser);
  }
});

after(() => processes.close());

const blockClerk = (context) => context.route("**/__clerk/**", (route) => route.abort());

// The page may also recover by itself, and take the button away, before it is clicked.
async function tryAgain(page, expected) {
  await Promise.any([page.getByRole("button", { name: "Try again" }).click(), expected.waitFor()]);
  await expected.waitFor();
}

describe("failures", { concurrency: 4, timeout: 200_000 }, () => {
  for (const instance of ["development", "production"]) {
    test(`while Clerk cannot be reached, a ${instance} session goes on by its cookie`, async (t) => {
      const { page, context } = await sites[instance].enter(t, "user_ada", { path: "/?task=3" });
      await blockClerk(context);
      await page.reload();
      await person(page, "Ada Lovelace (you)").waitFor();
    });

    test(`without Clerk and without a ${instance} session the page says why, and tries again`, async (t) => {
      const { page, context } = await sites[instance].enter(t, "user_ada");
      await blockClerk(context);
      await context.route("**/api/config", async (route) => {
        await context.clearCookies();
        await route.continue();
      });
      await page.reload();
      await page.getByText("Clerk cannot be reached").waitFor();
      await context.unrouteAll();
      await tryAgain(page, page.getByRole("button", { name: /Ada Lovelace/ }));
    });
  }

  test("what cannot be asked of Clerk is told without the browser's secrets", async (t) => {
    const { page, context } = await sites.development.enter(t, "user_ada");
    await blockClerk(context);
    await page.getByRole("combobox", { name: "Organization" }).selectOption("Analytical Society");
    await page.getByText("Clerk cannot be reached.").waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), /dvb_|http/);
    await context.unrouteAll();
    await tryAgain(page, tasks(page));
  });

  for (const path of ["/api/config", "/api/board"]) {
    test(`an unreachable ${path} is told, and tried again`, async (t) => {
      const { page, context } = await sites.development.enter(t, "user_ada");
      await context.route(`**${path}`, (route) => route.abort());
      await page.reload();
      await page.getByText("The server cannot be reached.").waitFor();
      await context.unrouteAll();
      await tryAgain(page, tasks(page));
    });
  }

  for (const path of ["/api/board", "/api/liveblocks-auth"]) {
    test(`a server that does not accept the session at ${path} is told apart from being signed out`, async (t) => {
      const { page, context } = await sites.development.enter(t, "user_ada");
      await context.route(`**${path}`, (route) => route.fulfill({ status: 401, json: { error: "unauthorized" } }));
      await page.goto(`${sites.development.url}/?task=3`);
      await page.getByRole("heading", { name: "You are not let in" }).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await signedOut(page).waitFor();
    });
  }

  test("a server that knows a PEM key alone is used with the cookie of the application", async (t) => {
    const clerk = await new FakeClerk(processes).start();
    const { url } = await startTaskBoard(processes, {
      CLERK_JWT_KEY: clerk.pem,
      LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey,
      LIVEBLOCKS_BASE_URL: liveblocks.url,
      DATABASE_PATH: join(processes.folder, "pem.db"),
    });
    const { page, context } = await new BoardSite(url, sites.development.browser).visit(t);
    await signedOut(page).waitFor();
    await page.getByText("CLERK_PUBLISHABLE_KEY").waitFor();

    const value = await clerk.token("user_ada", { azp: url });
    await context.addCookies([{ name: "__session", value, url }]);
    await page.getByRole("button", { name: "Try again" }).click();
    await openTask(page, "Write the launch post");
    await isLive(page);
  });
});
