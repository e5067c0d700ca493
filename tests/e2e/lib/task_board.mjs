// The example server under test.

import { join } from "node:path";

const [, , program] = process.argv;

/** Starts it with only `environment` in its environment. Does not wait until it is ready. */
export function launchTaskBoard(processes, environment, args = []) {
  const env = { PATH: process.env.PATH, ...environment };
  return processes.start("task_board", program, args, { env });
}

/** Starts it and waits until it is ready. */
export async function startTaskBoard(processes, environment, args = []) {
  const defaults = { PORT: "0", DATABASE_PATH: join(processes.folder, "task_board.db") };
  const child = launchTaskBoard(processes, { ...defaults, ...environment }, args);
  const [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  return { child, url, endpoint: `${url}/api/liveblocks-auth` };
}
