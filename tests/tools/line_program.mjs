// Programs that answer JSON objects a line.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** The answers to lines, which are objects or texts. The program must end well and print nothing else. */
export function ask(program, ...lines) {
  const input = lines.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join("\n");
  const { status, stdout, stderr } = spawnSync(program, [], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return stdout.trimEnd().split("\n").map((text) => JSON.parse(text));
}

/** Holds a program to answering each line before it is given the next. */
export async function assertAnswersAtOnce(program, line) {
  const child = spawn(program, [], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  for (const id of ["a", "b", "c"]) {
    child.stdin.write(`${JSON.stringify({ ...line, id })}\n`);
    assert.equal(JSON.parse((await answers.next()).value).id, id);
  }
  child.stdin.end();
  assert.equal((await answers.next()).done, true);
}
