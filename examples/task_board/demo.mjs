// ./dev demo: task_board --demo against the official Liveblocks dev server, until Ctrl-C.
// With --check two people try it in Chromium instead. Usage: node demo.mjs <task_board program> [--check]

import { startDevServer } from "../../tests/peers/lib/dev_server.mjs";
import { run } from "../../tests/peers/lib/processes.mjs";
import { startTaskBoard } from "../../tests/e2e/lib/task_board.mjs";

const CHECK = process.argv.includes("--check");
const CHECK_SECONDS = 60;

async function main(processes) {
  const liveblocks = await startDevServer(processes);
  const environment = {
    LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey,
    LIVEBLOCKS_BASE_URL: liveblocks.url,
    DEMO_INSTANCE: process.env.DEMO_INSTANCE ?? "",
    DEMO_TOKEN_SECONDS: process.env.DEMO_TOKEN_SECONDS ?? (CHECK ? "10" : ""),
  };
  const taskBoard = await startTaskBoard(processes, environment, ["--demo"]);
  console.log(`Liveblocks dev server at ${liveblocks.url}`);
  console.log(`task_board --demo at ${taskBoard.url}`);
  return CHECK ? check(processes, taskBoard.url) : stay(processes, taskBoard, liveblocks);
}

async function check(processes, url) {
  const { checkDemo } = await import("./demo_check.mjs"); // Only the check needs a browser.
  await checkDemo(processes, url, console.log);
  console.log("The check passed.");
  return 0;
}

async function stay(processes, taskBoard, liveblocks) {
  console.log(`
Open ${taskBoard.url} and sign in as Ada. For Grace open a private window, or a second tab: in the menu of the name
at the top, add another person. Both open the same task. Ctrl-C ends the demo.`);
  const ended = await Promise.race([taskBoard.child, liveblocks.child].map((each) => each.exited.then(() => each)));
  if (!processes.closing) console.error(`The ${ended.name} ended unexpectedly:\n${ended.output}`);
  return 1;
}

await run(main, { guardSeconds: CHECK ? CHECK_SECONDS : 0 });
