// Lines of inspect_request through both SDKs.

import { isDeepStrictEqual } from "node:util";

import { valuesPrintedBy } from "./program.mjs";
import { DIFFERENCES } from "./requests_differences.mjs";
import { askVendor } from "./requests_vendor.mjs";

export class Judge {
  #program;
  #pool;

  constructor(program, pool) {
    this.#program = program;
    this.#pool = pool;
  }

  /** Verdicts {line, ours, theirs, difference, problem}; the last two are not there where both agree. */
  async *all(lines) {
    const answers = valuesPrintedBy(this.#program, [], lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    if (answers.length !== lines.length) throw new Error(`${lines.length} questions, ${answers.length} answers`);
    for (const [i, line] of lines.entries()) {
      const { id, ...ours } = answers[i];
      const theirs = await askVendor(line);
      const verdict = { line, ours, theirs };
      if (id !== line.id) yield { ...verdict, problem: `the answer is to ${id}` };
      else if (agree(ours, theirs)) yield verdict;
      else yield { ...verdict, ...(await this.#explain(verdict)) };
    }
  }

  async one(line) {
    return (await this.all([line]).next()).value;
  }

  /** Exactly one of the listed differences must explain it. */
  async #explain(verdict) {
    const pair = { ...verdict, pool: this.#pool };
    const isLetIn = verdict.ours.status === "signed-in" && verdict.theirs.status !== "signed-in";
    const names = [];
    for (const { name, applies, expected, letsIn = false } of DIFFERENCES) {
      if (isLetIn && !letsIn) continue;
      const wanted = applies(pair) ? await expected(pair) : undefined;
      if (wanted && agree(verdict.ours, wanted)) names.push(name);
    }
    if (names.length === 1) return { difference: names[0] };
    return { problem: names.length === 0 ? "nothing explains it" : `explained twice: ${names.join(", ")}` };
  }
}

/** Exceptions are compared as such, for their texts are for people. */
function agree(ours, theirs) {
  return ours.status === "error" && theirs.status === "error" ? true : isDeepStrictEqual(ours, theirs);
}
