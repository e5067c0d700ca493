// Programs that respond to each line with a JSON object.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** Returns the responses to lines, which are objects or strings. The program must succeed and print nothing else. */
export function ask(program, ...lines) {
  const input = lines.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join("\n");
  const { status, stdout, stderr } = spawnSync(program, [], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return stdout.trimEnd().split("\n").map((text) => JSON.parse(text));
}

/** Checks that a program responds to each line before it reads the next one. */
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
