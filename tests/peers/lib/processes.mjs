// Programs started by a script, none of which outlives it, whatever ends it.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const PATIENCE_MS = 5000;

class Child {
  lines = [];
  #waiting = new Set();

  constructor(name, process) {
    this.name = name;
    this.process = process;
    this.exited = new Promise((resolve) => {
      process.once("error", (error) => resolve({ code: null, signal: null, error }));
      process.once("close", (code, signal) => resolve({ code, signal }));
    });
    for (const stream of [process.stdout, process.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.#take(line));
    }
  }

  get running() {
    return this.process.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** All it has printed, stdout and stderr. */
  get output() {
    return this.lines.join("\n");
  }

  /** The match of the first line, printed before or from now on, that matches. */
  async match(pattern, milliseconds = 20_000) {
    let waiter;
    const found = new Promise((resolve) => {
      waiter = (line) => {
        const match = pattern.exec(line);
        if (match) resolve({ match });
        return match;
      };
      if (!this.lines.some(waiter)) this.#waiting.add(waiter);
    });
    const guard = timer(milliseconds, { reason: `printed nothing like ${pattern} within ${milliseconds} ms` });
    const ended = this.exited.then(({ code, signal, error }) => ({
      reason: error ? `cannot be started: ${error.message}` : `ended early (${signal ?? code})`,
    }));
    const { match, reason } = await Promise.race([found, ended, guard.promise]);
    guard.cancel();
    this.#waiting.delete(waiter);
    if (!match) throw new Error(`${this.name} ${reason}\n${this.output}`);
    return match;
  }

  /** Asks it to end, insists after five seconds, and tells how it ended. */
  async stop(signal = "SIGTERM") {
    if (this.running) this.process.kill(signal);
    const guard = setTimeout(() => this.process.kill("SIGKILL"), PATIENCE_MS);
    const outcome = await this.exited;
    clearTimeout(guard);
    return outcome;
  }

  #take(line) {
    this.lines.push(line);
    for (const waiter of this.#waiting) waiter(line);
  }
}

export class Processes {
  /** True from the call of `close()` on: what ends now was stopped. */
  closing = false;
  #cleanups = [];

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "liveblocks-cpp-"));
  }

  /**
   * Starts a program with a private TMPDIR, and out of reach of a Ctrl-C at the terminal, which is for this script to act
   * on. The kernel kills it when this script dies without saying so.
   */
  start(name, program, args = [], { env = process.env, cwd = this.folder } = {}) {
    const [command, commandArgs] =
      process.platform === "linux" ? ["setpriv", ["--pdeathsig", "KILL", program, ...args]] : [program, args];
    const options = { cwd, env: { ...env, TMPDIR: this.folder }, stdio: ["ignore", "pipe", "pipe"], detached: true };
    const child = new Child(name, spawn(command, commandArgs, options));
    this.atEnd(() => child.stop());
    return child;
  }

  /** Registers what `close()` is to call; last in, first out. */
  atEnd(cleanup) {
    this.#cleanups.push(cleanup);
  }

  async close() {
    this.closing = true;
    while (this.#cleanups.length > 0) {
      await this.#cleanups.pop()().catch((error) => console.error(`While stopping: ${error.message}`));
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Runs `main(processes)` and then stops all it started: also when it throws, at a signal, and when it takes longer than
 * `guardSeconds` (0: no limit). Ends this process with the status `main` returns, 0 for none.
 */
export async function run(main, { guardSeconds = 60 } = {}) {
  const processes = new Processes();
  const signalled = new Promise((resolve) => {
    for (const [signal, status] of Object.entries(SIGNALS)) process.once(signal, () => resolve(status));
  });
  const guard = guardSeconds > 0 ? timer(guardSeconds * 1000, 1) : undefined;
  guard?.promise.then(() => console.error(`Not done within ${guardSeconds} s.`));

  const work = Promise.resolve(processes).then(main);
  let status = 1;
  try {
    status = (await Promise.race([work, signalled, ...(guard ? [guard.promise] : [])])) ?? 0;
  } catch (error) {
    console.error(error);
  }
  guard?.cancel();
  work.catch(() => {});
  await processes.close();
  process.exit(status);
}

function timer(milliseconds, value) {
  let handle;
  const promise = new Promise((resolve) => (handle = setTimeout(resolve, milliseconds, value)));
  return { promise, cancel: () => clearTimeout(handle) };
}
