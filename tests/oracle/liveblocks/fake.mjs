// Generated requests at testing::FakeLiveblocks and at the dev server of Liveblocks. Every disagreement must be one that
// fake_differences.mjs lists, and every entry of the list must show.
// Usage: node fake.mjs <fake_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { isDeepStrictEqual } from "node:util";

import { startDevServer } from "../../peers/lib/dev_server.mjs";
import { run } from "../../peers/lib/processes.mjs";
import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";
import { readAnswer } from "./fake_answers.mjs";
import { DIFFERENCES } from "./fake_differences.mjs";
import { randomRequests } from "./fake_requests.mjs";

const COUNT = 3000;
const GUARD_SECONDS = 280;

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);

async function askDevServer(url, { method, target, headers, body }) {
  const response = await fetch(url + target, { method, headers, body });
  const answer = { status: response.status, body: await response.text() };
  const isList = method === "GET" && /^\/v2\/rooms\/?$/.test(new URL(target, url).pathname) && response.status === 200;
  return readAnswer(answer, "latin1", isList ? await allRooms(url) : undefined);
}

async function allRooms(url) {
  const response = await fetch(`${url}/v2/rooms`, { headers: { Authorization: "Bearer sk_localdev" } });
  return response.text();
}

await run(
  async (processes) => {
    const { url } = await startDevServer(processes);
    const random = new Random(Number(seed));
    const requests = [];
    while (requests.length < COUNT) requests.push(...randomRequests(random));
    const answers = valuesPrintedBy(program, [], requests.map((request) => JSON.stringify(request) + "\n").join(""));
    const shown = new Map(DIFFERENCES.map((difference) => [difference, 0]));
    const problems = [];
    let equal = 0;
    for (const [i, request] of requests.entries()) {
      const [theirs, ours] = [await askDevServer(url, request), readAnswer(answers[i], "utf8")];
      const difference = DIFFERENCES.find(({ explains }) => explains(request, theirs, ours));
      if (isDeepStrictEqual(theirs, ours)) equal += 1;
      else if (difference) shown.set(difference, shown.get(difference) + 1);
      else problems.push(`${JSON.stringify(request)}\n  theirs: ${JSON.stringify(theirs)}\n  ours:   ${JSON.stringify(ours)}`);
    }
    for (const [{ what }, count] of shown) if (count === 0) problems.push(`the listed difference does not show: ${what}`);
    problems.slice(0, 10).forEach((problem) => console.error(problem));
    const explained = [...shown.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${requests.length} requests, ${equal} answered alike, ${explained} as listed in ${shown.size} differences, ` +
        `${problems.length} problems (seed ${seed})`,
    );
    return problems.length === 0 && equal > COUNT / 4 ? 0 : 1;
  },
  { guardSeconds: GUARD_SECONDS },
);
