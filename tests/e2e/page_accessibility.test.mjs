// The accessibility of the page of task_board: axe-core finds nothing serious in any view.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { peerFile } from "../peers/lib/peers.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { choose, isLive, openTask, person, SHARED_TASK, signedOut, signIn, startBoard } from "./lib/board_page.mjs";

const axe = readFileSync(peerFile("axe-core/axe.min.js"), "utf8");
const processes = new Processes();
let site;

before(async () => {
  site = await startBoard(processes);
});

after(() => processes.close());

/** Returns serious and critical violations, each with its elements. */
async function findings(page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

for (const [colorScheme, width] of [["light", 360], ["dark", 360], ["light", 1280]]) {
  test(`nothing serious in any view, ${colorScheme}, ${width} px wide`, { timeout: 200_000 }, async (t) => {
    const { page } = await site.visit(t, { colorScheme, viewport: { width, height: 800 } });
    const isFine = async (view) => assert.deepEqual(await findings(page), [], view);
    const back = page.getByRole("button", { name: "Back to the tasks" });

    await page.getByRole("button", { name: /Ada Lovelace/ }).waitFor();
    await isFine("sign-in");
    const grace = await site.enter(t, "user_grace", { path: "/?task=3" });
    await person(grace.page, "Grace Hopper (you)").waitFor();
    await signIn(page, /Ada Lovelace/);
    await page.getByText("Grace Hopper is on this board.").waitFor();
    await isFine("board");
    await page.getByRole("banner").getByRole("button").click();
    await isFine("choices of the account");
    await page.keyboard.press("Escape");

    await openTask(page, SHARED_TASK);
    await person(page, "Grace Hopper").waitFor({ state: "attached" });
    await isLive(page);
    await page.getByRole("textbox", { name: "New note" }).fill(`Seen at ${width} px, ${colorScheme}`);
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("button", { name: /^Remove the note/ }).first().waitFor();
    await isFine("open task");
    if (await back.isVisible()) await back.click();
    await openTask(page, "Task 5");
    await page.getByRole("alert").waitFor();
    await isFine("refusal");
    await choose(page, "Sign out");
    await signedOut(page).waitFor();
    await isFine("signed out");
  });
}
