// The sign-in of task_board --demo is open to this machine's own page and to nobody else.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { send } from "./lib/http.mjs";
import { startTaskBoard } from "./lib/task_board.mjs";

const processes = new Processes();
after(() => processes.close());

const environment = { LIVEBLOCKS_SECRET_KEY: "sk_localdev", LIVEBLOCKS_BASE_URL: "http://127.0.0.1:1" };
const { child, url } = await startTaskBoard(processes, environment, ["--demo"]);
const { host } = new URL(url);

const signIn = (user, headers = {}) => send(`${url}/api/demo/token/${user}`, { method: "POST", headers });

test("it says what it is", () => assert.match(child.output, /demo: a local issuer signs people in/));

test("a token is good for a minute", async () => {
  const answer = await signIn("user_ada", { Origin: url });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["cache-control"], "no-store");
  const { sub, iat, exp } = JSON.parse(Buffer.from(JSON.parse(answer.body).token.split(".")[1], "base64url"));
  assert.deepEqual([sub, exp - iat], ["user_ada", 60]);
});

test("only its two people can sign in", async () => {
  assert.equal((await signIn("user_stranger")).status, 404);
  assert.equal((await signIn("")).status, 404);
});

test("a page from elsewhere gets no token", async () => {
  assert.equal((await signIn("user_ada", { Origin: "http://evil.example" })).status, 403);
  assert.equal((await signIn("user_ada", { Origin: "null" })).status, 403);
});

for (const name of ["evil.example", "127.0.0.1.evil.example", `evil.example:${host.split(":")[1]}`]) {
  test(`a host name that is not loopback's gets no answer: ${JSON.stringify(name)}`, async () => {
    for (const path of ["/", "/api/config"]) {
      assert.equal((await send(url + path, { headers: { Host: name } })).status, 421);
    }
  });
}

test("the page may load and reach nothing but this server and Liveblocks", async () => {
  const { headers } = await send(url);
  const policy = headers["content-security-policy"];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src 'self' .*http:\/\/127\.0\.0\.1:1 ws:\/\/127\.0\.0\.1:1;/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(headers["x-content-type-options"], "nosniff");
});

test("files outside of the page are not served", async () => {
  for (const path of ["/..%2fpage%2fmain.js", "/main.js%00.html", "/main.js/", "/avatars", "//main.js"]) {
    assert.equal((await send(url + path)).status, 404, path);
  }
});
