import { spawnSync } from "node:child_process";

/** Runs a program that prints one JSON value a line, and returns the values. */
export function valuesPrintedBy(program, args, input = "") {
  const options = { input, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "inherit"] };
  const { error, status, signal, stdout } = spawnSync(program, args, options);
  if (error || status !== 0) throw new Error(`${program}: ${error?.message ?? `ended with ${signal ?? status}`}`);
  return stdout.trim().split("\n").map((line) => JSON.parse(line));
}
