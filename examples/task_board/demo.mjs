// ./dev demo: task_board --demo against the official Liveblocks dev server, tried through the real client, then left
// running. Usage: node demo.mjs <task_board program> [--check]

import { startDevServer } from "../../tests/peers/lib/dev_server.mjs";
import { run } from "../../tests/peers/lib/processes.mjs";
import { firstError, othersWho, signIn } from "../../tests/e2e/lib/real_client.mjs";
import { startTaskBoard } from "../../tests/e2e/lib/task_board.mjs";

const CHECK_ONLY = process.argv.includes("--check");
const PATIENCE_MS = 20_000;

const say = (text) => console.log(text);

async function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function checkRefusal(taskBoard, liveblocks) {
  say("  Ada asks for a stranger's task: it must be refused, and the client says so itself before we do.");
  const ada = signIn(taskBoard, liveblocks, "user_ada");
  const { leave } = ada.enterRoom("5", { initialPresence: { cursor: null } });
  const error = await within(PATIENCE_MS, "A refusal", firstError(ada));
  leave();
  if (!error.message.startsWith("Authentication failed: ")) throw error;
  say(`  refused, as it should be: Ada, task 5 of a stranger: ${error.message}`);
}

async function checkMeeting(taskBoard, liveblocks) {
  const visits = ["user_ada", "user_grace"].map((user) =>
    signIn(taskBoard, liveblocks, user).enterRoom("3", { initialPresence: { cursor: null } }),
  );
  const meeting = Promise.all(visits.map(({ room }) => othersWho(room, (others) => others.length === 1)));
  const seen = await within(PATIENCE_MS, "A meeting", meeting);
  for (const { leave } of visits) leave();
  const [[byAda], [byGrace]] = seen;
  say(`  granted, as it should be: task 3 of Acme: Ada sees ${byAda.info.name}, Grace sees ${byGrace.info.name}`);
}

async function main(processes) {
  const liveblocks = await startDevServer(processes);
  say(`Liveblocks dev server at ${liveblocks.url}`);
  const environment = { LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey, LIVEBLOCKS_BASE_URL: liveblocks.url };
  const { child, url } = await startTaskBoard(processes, environment, ["--demo"]);
  say(`task_board --demo at ${url}, tried through @liveblocks/client:`);
  await checkRefusal(url, liveblocks.url);
  await checkMeeting(url, liveblocks.url);
  if (CHECK_ONLY) {
    say("The check passed.");
    return 0;
  }

  say(`\nOpen ${url} in two tabs, as Ada in one and as Grace in the other. Ctrl-C ends the demo.`);
  const ended = await Promise.race([child, liveblocks.child].map((each) => each.exited.then(() => each)));
  if (!processes.closing) console.error(`The ${ended.name} ended by itself:\n${ended.output}`);
  return 1;
}

await run(main, { guardSeconds: CHECK_ONLY ? 60 : 0 });
