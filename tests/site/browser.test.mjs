// The docs site in a browser: its searches find tasks, it is accessible, and it asks nothing of other hosts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";

import { launchBrowser, newProfile } from "../e2e/lib/browser.mjs";
import { peerFile } from "../peers/lib/peers.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { serveSite } from "./lib/site.mjs";

const VERIFIER = "reference/classliveblocks_1_1webhooks_1_1Verifier.html";
const axe = readFileSync(peerFile("axe-core/axe.min.js"), "utf8");
const processes = new Processes();
after(() => processes.close());
const site = await serveSite(processes);
const browser = await launchBrowser(processes);

/** Opens a page, and tells of each request to another host and of each that fails. */
async function visit(t, path, options = {}) {
  const context = await newProfile(t, browser, { viewport: { width: 1280, height: 800 }, ...options });
  const strays = [];
  const remember = (request) => request.url().startsWith(`${site}/`) || strays.push(request.url());
  context.on("request", remember);
  context.on("response", (response) => response.ok() || strays.push(`${response.status()} ${response.url()}`));
  context.on("weberror", (error) => strays.push(error.error().message));
  const page = await context.newPage();
  await page.goto(`${site}/${path}`);
  return { page, strays };
}

for (const [task, place] of [
  ["webhook", "webhooks.html"],
  ["metrics", "observability.html"],
  ["drogon", "servers/drogon.html"],
  ["tutorial", "tutorial.html"],
]) {
  test(`the search of the pages finds "${task}"`, { timeout: 60_000 }, async (t) => {
    const { page, strays } = await visit(t, "index.html");
    await page.getByRole("textbox", { name: "Search" }).fill(task);
    const results = page.locator(".md-search-result__link");
    await results.first().waitFor();
    const found = await results.evaluateAll((links) => links.map((link) => new URL(link.href).pathname.slice(1)));
    assert.ok(found.slice(0, 3).includes(place), `${task}: ${found}`);
    await page.locator(`.md-search-result__link[href*="${place}"]`).first().click();
    await page.waitForURL(new RegExp(place));
    assert.deepEqual(strays, []);
  });
}

for (const [task, titles] of [
  ["webhook", ["Webhooks", "WebhookEvent"]],
  ["metrics", ["Metrics, traces and logs"]],
  ["route", ["RouteGuard"]],
  ["drogon", ["Drogon adapter"]],
]) {
  test(`the search of the reference finds "${task}"`, { timeout: 60_000 }, async (t) => {
    const { page, strays } = await visit(t, "reference/index.html");
    await page.locator("#MSearchField").pressSequentially(task);
    const results = page.frameLocator("#MSearchResults");
    for (const title of titles) {
      await results.locator(".SRResult:visible .SRSymbol").getByText(title, { exact: true }).first().waitFor();
    }
    assert.deepEqual(strays, []);
  });
}

test("what the search of the reference finds leads to a topic", { timeout: 60_000 }, async (t) => {
  const { page } = await visit(t, "reference/index.html");
  await page.locator("#MSearchField").pressSequentially("webhooks");
  await page.frameLocator("#MSearchResults").locator(".SRResult:visible a.SRSymbol").getByText("Webhooks", { exact: true }).first().click();
  await page.waitForURL(/group__webhooks\.html/);
});

/** Returns serious and critical violations, each with its elements. */
async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

for (const path of ["index.html", "tutorial.html", "servers/beast.html", "reference/index.html", VERIFIER]) {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 390]]) {
    test(`nothing serious in ${path}, ${colorScheme}, ${width} px wide`, { timeout: 120_000 }, async (t) => {
      const { page, strays } = await visit(t, path, { colorScheme, viewport: { width, height: 800 } });
      assert.deepEqual(await findings(page), []);
      assert.deepEqual(strays, []);
    });
  }
}
