// What the page of task_board may load and connect to, according to the browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { cursorAt, openTask, person, point, SHARED_TASK, startBoard } from "./lib/board_page.mjs";
import { until } from "./lib/until.mjs";

const processes = new Processes();
const netLog = join(processes.folder, "net_log.json");
let site;

before(async () => {
  site = await startBoard(processes, { args: [`--log-net-log=${netLog}`] });
});

after(() => processes.close());

const INTRUDERS = {
  "script-src-elem": () => {
    const script = document.createElement("script");
    script.src = "https://evil.example/a.js";
    document.head.append(script);
  },
  "connect-src": () => void fetch("https://evil.example/").catch(() => {}),
  "img-src": () => void (new Image().src = "https://evil.example/a.png"),
  "style-src-attr": () => document.body.setAttribute("style", "color: red"),
  "worker-src": () => void new Worker("data:text/javascript,"),
};

test("the browser reports what the policy forbids", { timeout: 200_000 }, async (t) => {
  const visit = await site.enter(t, "user_ada");
  for (const [directive, intrude] of Object.entries(INTRUDERS)) {
    await visit.page.evaluate(intrude);
    await until(() => visit.violations.length > 0);
    const violations = visit.violations.splice(0);
    assert.ok(violations.every((violation) => violation.startsWith(`${directive} `)), violations.join());
  }
});

/** The initiator of Chromium's own requests, such as those for updates. */
const NO_PAGE = "not an origin";

/** Returns the hosts that pages requested and the connected addresses, from the log of the browser's network stack. */
function reached() {
  const { constants, events } = JSON.parse(readFileSync(netLog, "utf8"));
  const nameOf = Object.fromEntries(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]));
  const asked = new Set();
  const connected = new Set();
  for (const { type, params = {} } of events) {
    const { url, initiator, address } = params;
    if (nameOf[type] === "URL_REQUEST_START_JOB" && initiator && initiator !== NO_PAGE) asked.add(new URL(url).hostname);
    if (nameOf[type] === "TCP_CONNECT_ATTEMPT" && address) connected.add(address.replace(/:\d+$/, ""));
  }
  return { asked: [...asked].sort(), connected: [...connected] };
}

test("no request of a page leaves this machine, by the browser's own log", { timeout: 200_000 }, async (t) => {
  const [ada, grace] = [await site.signIn(t, /Ada Lovelace/), await site.signIn(t, /Grace Hopper/)];
  for (const { page } of [ada, grace]) await openTask(page, SHARED_TASK);
  await person(ada.page, "Grace Hopper").waitFor();
  await point(grace.page, 0.5, 0.5);
  await cursorAt(ada.page, 0.5, 0.5);
  // The log of a page without a policy, for comparison.
  const stray = await site.visit(t, { bypassCSP: true });
  await stray.page.evaluate(() => fetch("https://stray.example/").catch(() => {}));

  await site.browser.close(); // Which completes the log.
  assert.deepEqual(reached(), { asked: ["127.0.0.1", "stray.example"], connected: ["127.0.0.1"] });
});
