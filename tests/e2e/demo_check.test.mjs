// `./dev demo --check`: the output for people who try the demo without a browser.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Processes } from "../peers/lib/processes.mjs";

const [program] = process.argv.slice(2);
const script = fileURLToPath(new URL("../../examples/task_board/demo.mjs", import.meta.url));
const processes = new Processes();
after(() => processes.close());

describe("./dev demo --check", { concurrency: true }, () => {
  test("the demo is tried, and says what was seen", { timeout: 200_000 }, async () => {
    const child = processes.start("demo", process.execPath, [script, program, "--check"]);
    assert.deepEqual(await child.exited, { code: 0, signal: null }, child.output);
    const seen = [
      /^ {2}Ada and Grace were sent to sign in, and are back on the board/,
      /^ {2}in "Plan the team offsite" they see each other's name and picture/,
      /^ {2}each sees where the other one points/,
      /^ {2}they are there for longer than a token lives, 10 s/,
      /^ {2}in "Review the pricing page" they see each other's name and picture/,
      /^ {2}Ada Lovelace asks for a stranger's task, and reads: .*This task is not yours/,
      /^The check passed\.$/,
    ];
    for (const line of seen) assert.match(child.output, new RegExp(line, "m"));
  });

  test("a demo whose server cannot be started does not pass", { timeout: 200_000 }, async () => {
    const child = processes.start("demo", process.execPath, [script, "/nonexistent/task_board", "--check"]);
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    assert.doesNotMatch(child.output, /passed/);
  });

  test("a demo in which nobody can enter a room does not pass", { timeout: 200_000 }, async () => {
    const broken = join(processes.folder, "task_board");
    writeFileSync(broken, `#!/bin/sh\nLIVEBLOCKS_SECRET_KEY=sk_wrong exec "${program}" "$@"\n`, { mode: 0o755 });
    const child = processes.start("demo", process.execPath, [script, broken, "--check"]);
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    assert.match(child.output, /^ {2}Ada and Grace were sent to sign in/m);
    assert.doesNotMatch(child.output, /each other|passed/);
  });
});
