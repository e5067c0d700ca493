// Two people try the demo in a browser, each in their own profile.

import { setTimeout as delay } from "node:timers/promises";

import {
  cursorAt,
  isLive,
  openTask,
  person,
  point,
  SHARED_TASK,
  signIn,
  taskLink,
} from "../../tests/e2e/lib/board_page.mjs";
import { launchBrowser } from "../../tests/e2e/lib/browser.mjs";
import { Visit } from "../../tests/e2e/lib/visit.mjs";

const OTHER_TASK = "Review the pricing page";
const PATIENCE_MS = 20_000;

/** Calls `say` with a line for each successful check, and throws at the first failure. */
export async function checkDemo(processes, url, say) {
  const browser = await launchBrowser(processes);
  const [ada, grace] = await Promise.all(["Ada Lovelace", "Grace Hopper"].map((name) => enter(browser, url, name)));
  say("  Ada and Grace were sent to sign in, and are back on the board, by Clerk's browser SDK");
  await meet(ada, grace, SHARED_TASK, say);
  await outlastTokens(ada, grace, say);
  await meet(ada, grace, OTHER_TASK, say);
  await beRefused(ada, "Task 5", say);
  for (const { violations } of [ada, grace]) expect(violations.length === 0, `the policy was broken: ${violations}`);
  say("  no page broke its Content-Security-Policy");
}

async function enter(browser, url, name) {
  const context = await browser.newContext();
  const visit = await Visit.in(context, url);
  context.setDefaultTimeout(PATIENCE_MS);
  expect(new URL(visit.page.url()).pathname === "/sign-in", `${name} was not sent to sign in`);
  await signIn(visit.page, name);
  return Object.assign(visit, { name });
}

async function meet(ada, grace, title, say) {
  for (const { page } of [ada, grace]) await openTask(page, title);
  for (const [visit, other] of [[ada, grace], [grace, ada]]) {
    await isLive(visit.page);
    await person(visit.page, other.name).waitFor();
    await seePicture(visit.page, other.name);
    await taskLink(visit.page, new RegExp(`here: .*${other.name}`)).waitFor();
  }
  say(`  in "${title}" they see each other's name and picture, in the list of tasks, too`);
  await seePointers(ada, grace);
  say("  each sees where the other one points");
}

async function seePicture(page, name) {
  const people = page.getByRole("list", { name: "People in this task" });
  const picture = people.getByRole("listitem").filter({ hasText: name }).locator("img");
  const isThere = await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0));
  expect(isThere, `there is no picture of ${name}`);
}

async function seePointers(ada, grace) {
  const [left, right] = [[0.3, 0.6], [0.6, 0.4]];
  await point(ada.page, ...left);
  await point(grace.page, ...right);
  await cursorAt(ada.page, ...right);
  await cursorAt(grace.page, ...left);
}

/** This has to wait: nothing else shows that a token has expired. */
async function outlastTokens(ada, grace, say) {
  const before = await Promise.all([ada, grace].map((visit) => visit.sessionClaims()));
  const end = Math.max(...before.map(({ exp }) => exp));
  await delay((end + 1) * 1000 - Date.now());
  const after = await Promise.all([ada, grace].map((visit) => visit.sessionClaims()));
  for (const [index, { exp }] of after.entries()) expect(exp > before[index].exp, "a session was not renewed");
  await seePointers(ada, grace);
  say(`  they are there for longer than a token lives, ${before[0].exp - before[0].iat} s, by newer ones`);
}

async function beRefused(visit, title, say) {
  await openTask(visit.page, title);
  const alert = visit.page.getByRole("alert");
  await alert.waitFor();
  const words = (await alert.innerText()).replace(/\s+/g, " ");
  expect(words.includes("This task is not yours"), `the refusal reads: ${words}`);
  say(`  ${visit.name} asks for a stranger's task, and reads: ${words}`);
}

function expect(condition, otherwise) {
  if (!condition) throw new Error(otherwise);
}
