// The page of task_board in a real browser: two people, each in a browser profile of their own.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";

import { startDevServer } from "../peers/lib/dev_server.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { launchBrowser } from "./lib/browser.mjs";
import { startTaskBoard } from "./lib/task_board.mjs";

const ARTIFACTS = fileURLToPath(new URL("../../artifacts/", import.meta.url));
const SHARED_TASK = "Plan the team offsite";

const processes = new Processes();
let browser;
let url;

before(async () => {
  mkdirSync(ARTIFACTS, { recursive: true });
  const liveblocks = await startDevServer(processes);
  const environment = { LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey, LIVEBLOCKS_BASE_URL: liveblocks.url };
  ({ url } = await startTaskBoard(processes, environment, ["--demo"]));
  browser = await launchBrowser(processes);
});

after(() => processes.close());

/** A browser profile that remembers what it complained about and whom it talked to. */
async function open(t, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 700 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = [];
  const hosts = new Set();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => request.url().startsWith("data:") || hosts.add(new URL(request.url()).hostname));
  page.on("websocket", (socket) => hosts.add(new URL(socket.url()).hostname));
  await page.goto(url);
  return { page, complaints, hosts };
}

async function signIn(t, name, options) {
  const visit = await open(t, options);
  await visit.page.getByRole("button", { name }).click();
  await visit.page.getByRole("navigation", { name: "Tasks" }).waitFor();
  return visit;
}

const openTask = (page, title) => page.getByRole("link", { name: title }).click();
const person = (page, name) => page.getByRole("list", { name: "People in this task" }).getByText(name, { exact: true });

/** Moves the pointer to a place in the canvas, given as fractions of it. */
async function point(page, x, y) {
  const box = await page.getByTestId("canvas").boundingBox();
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 3 });
}

/** Resolves when the one cursor on the page is at those fractions of the canvas. */
const cursorAt = (page, x, y) =>
  page.waitForFunction(
    ([left, top]) => {
      const cursor = document.querySelector("[data-testid=cursor]");
      const near = (text, value) => Math.abs(parseFloat(text) - value * 100) < 1;
      return cursor && near(cursor.style.left, left) && near(cursor.style.top, top);
    },
    [x, y],
  );

test("two people in a task see each other and each other's cursor", { timeout: 60_000 }, async (t) => {
  const ada = await signIn(t, /Ada Lovelace/);
  const grace = await signIn(t, /Grace Hopper/, { colorScheme: "dark" });
  for (const { page } of [ada, grace]) await openTask(page, SHARED_TASK);

  await person(ada.page, "Grace Hopper").waitFor();
  await person(ada.page, "Ada Lovelace (you)").waitFor();
  await person(grace.page, "Ada Lovelace").waitFor();
  const avatar = ada.page.getByRole("listitem").filter({ hasText: "Grace Hopper" }).locator("img");
  assert.equal(await avatar.getAttribute("src"), "/avatars/grace.svg");
  assert.ok(await avatar.evaluate((image) => image.complete && image.naturalWidth > 0));

  await point(grace.page, 0.6, 0.4);
  await point(ada.page, 0.3, 0.6);
  await cursorAt(ada.page, 0.6, 0.4);
  await cursorAt(grace.page, 0.3, 0.6);
  await ada.page.screenshot({ path: `${ARTIFACTS}two-people-light.png` });
  await grace.page.screenshot({ path: `${ARTIFACTS}two-people-dark.png` });

  await grace.page.getByRole("button", { name: "Sign out" }).click();
  await ada.page.getByTestId("cursor").waitFor({ state: "detached" });
  await person(ada.page, "Grace Hopper").waitFor({ state: "detached" });
  for (const { complaints, hosts } of [ada, grace]) {
    assert.deepEqual(complaints, []);
    assert.deepEqual([...hosts], ["127.0.0.1"]);
  }
});

test("two tabs of one browser can be two people", { timeout: 60_000 }, async (t) => {
  const { page } = await signIn(t, /Ada Lovelace/);
  const other = await page.context().newPage();
  await other.goto(url);
  await other.getByRole("button", { name: /Grace Hopper/ }).click();
  for (const tab of [page, other]) await openTask(tab, SHARED_TASK);
  await person(page, "Grace Hopper").waitFor();
  await person(other, "Ada Lovelace").waitFor();
});

test("a task of somebody else is refused with a readable message", { timeout: 60_000 }, async (t) => {
  const { page } = await signIn(t, /Ada Lovelace/);
  await openTask(page, "Task 5");
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /You cannot enter this task\s+This task is not yours, or there is no such task\./);
  await page.screenshot({ path: `${ARTIFACTS}refused.png` });

  await openTask(page, SHARED_TASK);
  await person(page, "Ada Lovelace (you)").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("a reload keeps the person and the task", { timeout: 60_000 }, async (t) => {
  const { page } = await signIn(t, /Ada Lovelace/);
  await openTask(page, SHARED_TASK);
  await person(page, "Ada Lovelace (you)").waitFor();
  await page.reload();
  await person(page, "Ada Lovelace (you)").waitFor();
});

test("it fits a phone", { timeout: 60_000 }, async (t) => {
  const { page } = await signIn(t, /Grace Hopper/, { viewport: { width: 390, height: 780 } });
  await page.screenshot({ path: `${ARTIFACTS}phone-tasks.png` });
  await openTask(page, SHARED_TASK);
  await page.getByText("Live", { exact: true }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.screenshot({ path: `${ARTIFACTS}phone-task.png` });
  await page.getByRole("button", { name: "Back to the tasks" }).click();
  await page.getByRole("link", { name: SHARED_TASK }).waitFor();
});
