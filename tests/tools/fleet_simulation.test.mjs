// The tool `fleet_simulation` with a small fleet: what the library promises about its requests, and that the table in
// docs/scaling.md is what the tool prints.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const COUNT = 100;
const [program] = process.argv.slice(2);
const page = readFileSync(new URL("../../docs/scaling.md", import.meta.url), "utf8");

function run(...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return { status, stdout, stderr };
}

const linesOf = (text) => text.split("\n").filter((line) => line.startsWith("| "));
const numberIn = (text) => Number(text.replace(/,/g, ""));

const simulated = new Map();

/** The rows of a scenario with the small fleet. */
function simulate(scenario) {
  if (!simulated.has(scenario)) simulated.set(scenario, simulateAnew(scenario));
  return simulated.get(scenario);
}

function simulateAnew(scenario, ...args) {
  const { status, stdout, stderr } = run("--count", String(COUNT), "--scenario", scenario, ...args);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return linesOf(stdout).slice(2).map(readRow);
}

function readRow(line) {
  const [what, , requests, , second, tenSeconds, calls, longest, failed, remark] = line.slice(2, -2).split(" | ");
  const [requested, busiestSecond, busiestTen, called] = [requests, second, tenSeconds, calls].map(numberIn);
  return { what, requests: requested, busiestSecond, busiestTen, calls: called, longest, failed, remark };
}

const failures = ({ failed }) => numberIn(failed.split(":")[0]);
const secondsIn = ({ remark }) => Number(/after ([0-9.]+) s$/.exec(remark)[1]);

test("a run can be repeated, and another seed makes another one", () => {
  const rows = simulate("rotation");
  assert.deepEqual(simulateAnew("rotation"), rows);
  assert.notDeepEqual(simulateAnew("rotation", "--seed", "2"), rows);
});

test("in the steady state each instance fetches its keys every four to five minutes", () => {
  const [row] = simulate("steady");
  assert.equal(row.failed, "0");
  assert.ok(row.requests >= (COUNT * 900) / 330 - COUNT && row.requests <= (COUNT * 900) / 240 + COUNT, row.requests);
  assert.ok(row.calls > COUNT * 30);
});

test("a key that is published in advance is known everywhere", () => {
  const [announced] = simulate("rotation");
  assert.equal(announced.failed, "0");
  assert.ok(secondsIn(announced) <= 1.5);
});

test("a key that signs at once costs one fetch for each instance, and no more than the cooldown", () => {
  const [, atOnce, refresh, withdrawn] = simulate("rotation");
  assert.equal(atOnce.requests, COUNT);
  assert.match(atOnce.failed, /^[0-9,]+: `unknownKey`$/);
  assert.ok(secondsIn(atOnce) <= 32);
  assert.ok(refresh.busiestSecond < COUNT / 4);
  assert.ok(withdrawn.requests <= 2 * COUNT);
  assert.ok(secondsIn(withdrawn) <= 32);
});

test("an outage of 20 minutes rejects no good token, and its end brings one fetch for each instance", () => {
  for (const scenario of ["outage", "silence"]) {
    const rows = simulate(scenario);
    const [during, busy, back, refresh] = rows;
    for (const row of rows) assert.equal(row.failed, "0", row.what);
    // A failure is followed by a back-off that grows to 30 to 60 s.
    assert.ok(during.requests < COUNT * (20 * 2 + 10), during.requests);
    assert.ok(busy.requests < COUNT * 3, busy.requests);
    assert.ok(parseFloat(busy.longest) <= 2.1, busy.longest);
    assert.equal(back.requests, COUNT);
    assert.ok(refresh.busiestSecond < COUNT / 4);
  }
});

test("after an hour all tokens are rejected, until five seconds after the end", () => {
  const [during, back] = simulate("long-outage");
  assert.equal(failures(during), during.calls);
  assert.match(during.failed, /`keysUnavailable`$/);
  assert.ok(during.requests <= (COUNT * 20) / 2.5, during.requests);
  assert.equal(back.requests, COUNT);
  assert.ok(secondsIn(back) <= 6);
});

test("a deploy fetches once for each instance", () => {
  for (const scenario of ["deploy", "restart"]) {
    const [deploy, refresh] = simulate(scenario);
    assert.equal(deploy.failed, "0");
    // Some were about to refresh their keys when they ended.
    assert.ok(deploy.requests >= COUNT && deploy.requests <= 1.5 * COUNT, deploy.requests);
    assert.ok(refresh.busiestSecond < COUNT / 4);
  }
});

test("instances that start in an outage have no keys, and get them when it ends", () => {
  const [during, back] = simulate("deploy-in-outage");
  assert.equal(failures(during), during.calls);
  assert.equal(back.requests, COUNT);
  assert.ok(secondsIn(back) <= 6);
});

test("invented key ids cause a fetch every 30 s at most, and reject no good token", () => {
  const [row] = simulate("forgery");
  assert.equal(row.failed, "0");
  assert.ok(row.requests <= 2 * COUNT, row.requests);
});

test("a cache of users saves requests", () => {
  const [without, short, long] = simulate("users");
  assert.equal(without.requests, without.calls);
  assert.ok(without.requests > short.requests && short.requests > long.requests);
});

test("docs/scaling.md shows what the tool prints", () => {
  const [, options] = /release\/tools\/fleet_simulation\/fleet_simulation( .*)?\n/.exec(page);
  const { stdout } = run(...(options ?? "").trim().split(" ").filter(Boolean), "--scenario", "restart");
  const lines = linesOf(stdout);
  assert.equal(lines.length, 4);
  for (const line of lines) assert.ok(page.includes(`${line}\n`), line);
});

test("docs/scaling.md shows all scenarios, in their order", () => {
  const { stdout } = run("--count", "1");
  const names = (text) => linesOf(text).map((line) => line.split(" | ")[0]);
  const shown = page.slice(page.indexOf("| what happens |"));
  assert.deepEqual(names(shown.slice(0, shown.indexOf("\n\n"))), names(stdout));
});

test("what is wrong with the command line is told", () => {
  const cases = [
    [["--count", "0"], /--count must be a number from 1 to 1000000/],
    [["--count", "1000001"], /--count must be a number/],
    [["--count", "1x"], /--count must be a number/],
    [["--seed", "-1"], /--seed must be a number/],
    [["--interval", "60001"], /--interval must be a number from 1 to 60000/],
    [["--scenario", "flood"], /there is no scenario "flood"/],
    [["--seed"], /--seed needs a value/],
    [["--colour", "red"], /there is no option --colour/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = run(...args);
    assert.deepEqual([status, stdout], [1, ""], args.join(" "));
    assert.match(stderr, message);
  }
  const help = run("--help");
  assert.equal(help.status, 0);
  assert.match(help.stdout, /^Usage: fleet_simulation .*Scenarios: steady rotation /s);
});
