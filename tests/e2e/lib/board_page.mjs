// The page of task_board --demo in a real browser: people who sign in through Clerk's SDK, and what they see and do.

import assert from "node:assert/strict";

import { startDevServer } from "../../peers/lib/dev_server.mjs";
import { launchBrowser, newProfile } from "./browser.mjs";
import { signIn as signInWithoutPage } from "./local_clerk.mjs";
import { startTaskBoard } from "./task_board.mjs";
import { Visit } from "./visit.mjs";
import { Visitor } from "./visitor.mjs";

export const SHARED_TASK = "Plan the team offsite";

/** `instance` is the kind of the local Clerk: development or production. `args` are further switches of the browser. */
export async function startBoard(processes, options = {}) {
  const liveblocks = await startDevServer(processes);
  return new BoardSite(await startBoardServer(processes, liveblocks, options), await launchBrowser(processes, options.args));
}

/** Starts only the server, and returns its URL. */
export async function startBoardServer(processes, liveblocks, { instance = "development", tokenSeconds = 60 } = {}) {
  const environment = {
    LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey,
    LIVEBLOCKS_BASE_URL: liveblocks.url,
    DEMO_INSTANCE: instance,
    DEMO_TOKEN_SECONDS: String(tokenSeconds),
  };
  return (await startTaskBoard(processes, environment, ["--demo"])).url;
}

export class BoardSite {
  constructor(url, browser) {
    this.url = url;
    this.browser = browser;
  }

  /**
   * A new browser profile at that path, in which somebody may be signed in already. The test fails if one of its pages
   * breaks its Content-Security-Policy.
   */
  async visit(t, { path = "/", userId, ...options } = {}) {
    const context = await newProfile(t, this.browser, { viewport: { width: 1100, height: 700 }, ...options });
    if (userId) await context.addCookies(await this.#cookiesOf(userId));
    const visit = await Visit.in(context, this.url + path);
    t.after(() => assert.deepEqual(visit.violations, []));
    return visit;
  }

  /** Like `visit`, by somebody who signs in first. */
  async signIn(t, name, options) {
    const visit = await this.visit(t, options);
    await signIn(visit.page, name);
    return visit;
  }

  /** Like `visit`, by somebody who has already signed in. */
  async enter(t, userId, options) {
    const visit = await this.visit(t, { userId, ...options });
    await tasks(visit.page).waitFor({ state: "attached" });
    return visit;
  }

  async #cookiesOf(userId) {
    const visitor = new Visitor(this.url);
    await signInWithoutPage(visitor, userId);
    return [...visitor.cookies.values()].map(({ name, value }) => ({ name, value: String(value), url: this.url }));
  }
}

/** Chooses a person on the sign-in page of the local Clerk, and waits for the board. */
export async function signIn(page, name) {
  await page.getByRole("button", { name }).click();
  await tasks(page).waitFor({ state: "attached" });
}

export const tasks = (page) => page.getByRole("navigation", { name: "Tasks" });
export const taskLink = (page, title) => tasks(page).getByRole("link", { name: title });
export const openTask = (page, title) => taskLink(page, title).click();
export const isLive = (page) => page.getByText("Live", { exact: true }).waitFor();
export const person = (page, name) =>
  page.getByRole("list", { name: "People in this task" }).getByText(name, { exact: true });

/** Returns a choice in the menu of the signed-in person. */
export async function choose(page, choice) {
  await page.getByRole("banner").getByRole("button").click();
  await page.getByRole("button", { name: choice }).click();
}

export const signedOut = (page) => page.getByRole("heading", { name: "You are signed out" });

/** Moves the pointer to a place in the canvas, given as fractions of it. */
export async function point(page, x, y) {
  const box = await page.getByTestId("canvas").boundingBox();
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 3 });
}

/** Resolves when the one cursor on the page is at those fractions of the canvas. */
export const cursorAt = (page, x, y) =>
  page.waitForFunction(
    ([left, top]) => {
      const cursor = document.querySelector("[data-testid=cursor]");
      const near = (text, value) => Math.abs(parseFloat(text) - value * 100) < 1;
      return cursor && near(cursor.style.left, left) && near(cursor.style.top, top);
    },
    [x, y],
  );
