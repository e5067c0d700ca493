// `./dev demo --check`: what people see who try the demo without a browser.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Processes } from "../peers/lib/processes.mjs";

const [program] = process.argv.slice(2);
const script = fileURLToPath(new URL("../../examples/task_board/demo.mjs", import.meta.url));
const processes = new Processes();
after(() => processes.close());

test("the demo is tried, and says that it passed", { timeout: 90_000 }, async () => {
  const child = processes.start("demo", process.execPath, [script, program, "--check"]);
  assert.deepEqual(await child.exited, { code: 0, signal: null }, child.output);
  assert.match(child.output, /^  Ada asks for a stranger's task: it must be refused/m);
  assert.match(child.output, /^  refused, as it should be: Ada, task 5/m);
  assert.match(child.output, /^  granted, as it should be: task 3/m);
  assert.match(child.output, /^The check passed\.$/m);
});

test("a demo whose server cannot be started does not pass", { timeout: 90_000 }, async () => {
  const child = processes.start("demo", process.execPath, [script, "/nonexistent/task_board", "--check"]);
  assert.deepEqual(await child.exited, { code: 1, signal: null });
  assert.doesNotMatch(child.output, /passed/);
});
