// The page of task_board in a real browser: what people see of each other, and how they open a task.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import {
  cursorAt,
  isLive,
  openTask,
  person,
  point,
  SHARED_TASK,
  signIn,
  startBoard,
  taskLink,
  tasks,
} from "./lib/board_page.mjs";
import { signIn as signInWithoutBrowser } from "./lib/real_client.mjs";
import { until } from "./lib/until.mjs";

const ARTIFACTS = fileURLToPath(new URL("../../artifacts/", import.meta.url));

const processes = new Processes();
let site;

before(async () => {
  mkdirSync(ARTIFACTS, { recursive: true });
  site = await startBoard(processes);
});

after(() => processes.close());

test("two people in a task see each other and each other's cursor", { timeout: 200_000 }, async (t) => {
  const ada = await site.enter(t, "user_ada");
  const grace = await site.enter(t, "user_grace", { colorScheme: "dark" });
  for (const { page } of [ada, grace]) await openTask(page, SHARED_TASK);

  await person(ada.page, "Grace Hopper").waitFor();
  await person(ada.page, "Ada Lovelace (you)").waitFor();
  await person(grace.page, "Ada Lovelace").waitFor();
  const people = ada.page.getByRole("list", { name: "People in this task" });
  const avatar = people.getByRole("listitem").filter({ hasText: "Grace Hopper" }).locator("img");
  assert.match(await avatar.getAttribute("src"), /grace\.svg$/);
  assert.ok(await avatar.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));

  const shown = await avatar.elementHandle();
  await point(grace.page, 0.6, 0.4);
  await point(ada.page, 0.3, 0.6);
  await cursorAt(ada.page, 0.6, 0.4);
  await cursorAt(grace.page, 0.3, 0.6);
  assert.ok(await shown.evaluate((image) => image.isConnected), "a pointer that moves makes the pictures anew");
  await ada.page.screenshot({ path: `${ARTIFACTS}two-people-light.png` });
  await grace.page.screenshot({ path: `${ARTIFACTS}two-people-dark.png` });

  await grace.context.close();
  await ada.page.getByTestId("cursor").waitFor({ state: "detached" });
  await person(ada.page, "Grace Hopper").waitFor({ state: "detached" });
  assert.deepEqual(ada.errors, []);
});

test("the list shows who has which task of the organization open", { timeout: 200_000 }, async (t) => {
  const ada = await site.enter(t, "user_ada");
  const grace = await site.enter(t, "user_grace");
  await ada.page.getByText("Grace Hopper is on this board.").waitFor();
  await openTask(grace.page, SHARED_TASK);
  await taskLink(ada.page, `${SHARED_TASK} (here: Grace Hopper)`).waitFor();
  await ada.page.getByRole("link", { name: `Join Grace Hopper in ${SHARED_TASK}` }).waitFor();

  await openTask(grace.page, "Fix the flaky import");
  await taskLink(ada.page, /here:/).waitFor({ state: "detached" });
  await ada.page.getByText("Grace Hopper is on this board.").waitFor();
});

test("nobody sees who has a personal task open", { timeout: 200_000 }, async (t) => {
  const ada = await site.enter(t, "user_ada");
  const sent = [];
  ada.page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await ada.page.reload();
  await openTask(ada.page, "Write the launch post");
  await isLive(ada.page);
  await openTask(ada.page, SHARED_TASK);
  await person(ada.page, "Ada Lovelace (you)").waitFor();
  const told = () => sent.flatMap((frame) => [...frame.matchAll(/"task":(null|\d+)/g)].map(([, task]) => task));
  await until(() => told().includes("3"));
  assert.ok(!told().includes("1"), told().join());
});

test("people write notes at the same time, and strike out each other's", { timeout: 200_000 }, async (t) => {
  const ada = await site.enter(t, "user_ada");
  const grace = await site.enter(t, "user_grace");
  const notes = (page) => page.getByRole("list", { name: "Notes" });
  const write = async (page, text) => {
    await openTask(page, "Review the pricing page");
    await page.getByRole("textbox", { name: "New note" }).fill(text);
    await page.getByRole("button", { name: "Add" }).click();
  };

  await Promise.all([write(ada.page, "<b>Three plans</b>, not five"), write(grace.page, "Ask Ada")]);
  for (const { page } of [ada, grace]) {
    await notes(page).getByText("<b>Three plans</b>, not five").waitFor();
    await notes(page).getByText("Ask Ada").waitFor();
  }
  await grace.page.getByRole("button", { name: "Remove the note “<b>Three plans</b>, not five”" }).click();
  await notes(ada.page).getByText("Three plans").waitFor({ state: "detached" });
  await notes(ada.page).getByText("Ask Ada").waitFor();
});

test("notes are shown whatever else somebody has stored among them", { timeout: 200_000 }, async (t) => {
  const { page, errors } = await site.enter(t, "user_ada");
  await openTask(page, "Draft the roadmap for spring");
  await isLive(page);
  const { baseUrl } = await (await fetch(`${site.url}/api/config`)).json();
  const grace = signInWithoutBrowser(site.url, baseUrl, "user_grace");
  const { room, leave } = grace.enterRoom("6", { initialPresence: { cursor: null }, initialStorage: {} });
  t.after(leave);
  const { root } = await room.getStorage();
  root.set("1", { toString: "none", valueOf: "none" });
  root.set("2", "Three themes");
  await page.getByRole("list", { name: "Notes" }).getByText("Three themes").waitFor();
  assert.deepEqual(errors, []);
});

test("who clicks twice to add a note does not strike it out", { timeout: 200_000 }, async (t) => {
  const { page } = await site.enter(t, "user_ada");
  await openTask(page, "Draft the roadmap for spring");
  await page.getByRole("textbox", { name: "New note" }).fill("Ask twice");
  await page.getByRole("button", { name: "Add" }).dblclick();
  await page.getByRole("list", { name: "Notes" }).getByText("Ask twice").waitFor();
  assert.equal(await page.getByRole("textbox", { name: "New note" }).inputValue(), "");
});

test("a task of somebody else is refused with a readable message", { timeout: 200_000 }, async (t) => {
  const { page } = await site.enter(t, "user_ada");
  await openTask(page, "Task 5");
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /You cannot enter this task\s+This task is not yours, or there is no such task\./);
  await page.screenshot({ path: `${ARTIFACTS}refused.png` });

  await openTask(page, SHARED_TASK);
  await person(page, "Ada Lovelace (you)").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("a link to a task leads through signing in to the task", { timeout: 200_000 }, async (t) => {
  const { page } = await site.visit(t, { path: "/?task=3" });
  await page.getByRole("button", { name: /Grace Hopper/ }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await signIn(page, /Grace Hopper/);
  await person(page, "Grace Hopper (you)").waitFor();
  assert.equal(page.url(), `${site.url}/?task=3`);
});

test("a reload keeps person and task, and the browser's back button leads to the list", { timeout: 200_000 }, async (t) => {
  const { page } = await site.enter(t, "user_ada");
  await openTask(page, SHARED_TASK);
  await person(page, "Ada Lovelace (you)").waitFor();
  assert.equal(await page.title(), `${SHARED_TASK} · Task board`);
  await page.reload();
  await person(page, "Ada Lovelace (you)").waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Open a task" }).waitFor();
  await page.goForward();
  await person(page, "Ada Lovelace (you)").waitFor();
});

test("it fits a small phone", { timeout: 200_000 }, async (t) => {
  const { page } = await site.enter(t, "user_grace", { viewport: { width: 360, height: 740 } });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(await fits());
  await page.screenshot({ path: `${ARTIFACTS}phone-tasks.png` });
  await openTask(page, SHARED_TASK);
  await isLive(page);
  assert.ok(await fits());
  await page.screenshot({ path: `${ARTIFACTS}phone-task.png` });
  await page.getByRole("button", { name: "Back to the tasks" }).click();
  await taskLink(page, SHARED_TASK).waitFor();
});

test("the keyboard is enough to sign in, open a task and come back", { timeout: 200_000 }, async (t) => {
  const { page } = await site.visit(t);
  const tabTo = async (target) => {
    for (let steps = 0; steps < 20; ++steps) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail("the Tab key does not lead there");
  };
  const ada = page.getByRole("button", { name: /Ada Lovelace/ });
  await ada.waitFor();
  await tabTo(ada);
  await page.keyboard.press("Enter");
  await tasks(page).waitFor();
  await tabTo(taskLink(page, SHARED_TASK));
  await page.keyboard.press("Enter");
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  assert.equal(await focused(), SHARED_TASK);
  await isLive(page);
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Open a task" }).waitFor();
  assert.match(await focused(), new RegExp(`^${SHARED_TASK}`));
});
