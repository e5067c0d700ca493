import { setTimeout as delay } from "node:timers/promises";

const PATIENCE_MS = 120_000; // Machines that test are busy.

/** Resolves as soon as `condition()`, which may be asynchronous, holds. It is polled. */
export async function until(condition) {
  const end = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`still not so after ${PATIENCE_MS} ms: ${condition}`);
    await delay(50);
  }
}
