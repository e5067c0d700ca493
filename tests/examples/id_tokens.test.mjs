// The example `id_tokens` with a fake Liveblocks inside its process.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, test } from "node:test";

import { send } from "../e2e/lib/http.mjs";
import { Processes } from "../peers/lib/processes.mjs";

const [program] = process.argv.slice(2);
const processes = new Processes();
after(() => processes.close());
const TIMEOUT = { timeout: 20_000 };
const env = { PATH: process.env.PATH };

const run = (...args) => spawnSync(program, args, { encoding: "utf8", env });

const FULL = "room write, storage write, comments write, feeds write";

test("the tour shows what everybody may do, and gives rooms new ids", TIMEOUT, () => {
  const { status, stdout, stderr } = run();
  assert.equal(stderr, "");
  assert.equal(status, 0);
  assert.deepEqual(stdout.trimEnd().split("\n"), [
    "There is no LIVEBLOCKS_SECRET_KEY: this is a Liveblocks inside the process.",
    "roadmap is a private room of the group product",
    `  alice: ${FULL}`,
    "  bob: nothing",
    "  carol: nothing",
    "design is a private room of the group product",
    `  alice: ${FULL}`,
    "  bob: nothing",
    "  carol: nothing",
    "carol is a guest in design",
    `  alice: ${FULL}`,
    "  bob: nothing",
    "  carol: room read, storage read, comments write, feeds read",
    "carol may enter: design",
    "carol is taken out",
    `  alice: ${FULL}`,
    "  bob: nothing",
    "  carol: nothing",
    "room ids get a pattern",
    "design -> acme:product:design",
    "roadmap -> acme:product:roadmap",
    "2 renamed, 0 already named so, 0 failed",
    "and once more",
    "0 renamed, 2 already named so, 0 failed",
  ]);
});

/** Starts the endpoint. Returns a function that sends a request with a session. */
async function serve() {
  const child = processes.start("id_tokens", program, ["serve"], { env });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  return (session, body, headers = {}) =>
    send(`${url}/api/liveblocks-auth`, { method: "POST", headers: { authorization: `Bearer ${session}`, ...headers }, body });
}

test("the endpoint names who is signed in, whatever room is asked for", TIMEOUT, async () => {
  const ask = await serve();
  const claimsOf = ({ body }) => JSON.parse(Buffer.from(JSON.parse(body).token.split(".")[1], "base64url"));

  for (const body of ["{}", '{"room":"design"}']) {
    const { k, uid, gids, ui, perms } = claimsOf(await ask("session-alice", body));
    assert.deepEqual({ k, uid, gids, ui, perms }, { k: "id", uid: "alice", gids: ["product"], ui: { name: "Alice" }, perms: undefined });
  }
  assert.equal(claimsOf(await ask("session-carol", "{}")).gids, undefined);
  assert.equal((await ask("session-mallory", "{}")).status, 401);
  assert.equal((await ask("session-alice", '{"room":"acme:*"}')).status, 403);
});

test("the endpoint answers to this machine's names only", TIMEOUT, async () => {
  const ask = await serve();
  assert.equal((await ask("session-alice", "{}", { host: "evil.example" })).status, 421);

  const child = processes.start("id_tokens", program, ["serve"], { env: { ...env, HOST: "0.0.0.0" } });
  assert.deepEqual(await child.exited, { code: 1, signal: null });
  assert.match(child.output, /loopback/);
});

for (const [what, args, message] of [
  ["a room that is not there", ["invite", "design", "carol"], /^id_tokens: there is no such room$/m],
  ["an impossible room", ["create", "..", "product"], /^id_tokens: .+$/m],
  ["an unknown command", ["rename"], /usage:/],
  ["too few words", ["invite", "design"], /usage:/],
]) {
  test(`says what is wrong: ${what}`, TIMEOUT, () => {
    const { status, stderr } = run(...args);
    assert.equal(status, 1);
    assert.match(stderr, message);
  });
}
