// How guarded_site starts, and how it works with a Clerk that is not its own.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { send } from "./lib/http.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());

const clerk = await new FakeClerk(processes).start();
await clerk.addUser({ id: "user_ada", first_name: "Ada", last_name: "Lovelace" });
const enough = {
  CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
  CLERK_SECRET_KEY: clerk.secretKey,
  CLERK_API_URL: clerk.url,
  PUBLIC_ORIGIN: "https://site.e2e.example",
};
const launch = (environment, args = []) =>
  processes.start("guarded_site", program, args, { env: { PATH: process.env.PATH, ...environment } });

for (const [what, environment, args, message] of [
  ["no publishable key", { ...enough, CLERK_PUBLISHABLE_KEY: "" }, [], /CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY.*--demo/],
  ["no secret key", { ...enough, CLERK_SECRET_KEY: "" }, [], /CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY.*--demo/],
  ["a publishable key that is none", { ...enough, CLERK_PUBLISHABLE_KEY: "pk_live_nonsense" }, [], /publishable key/],
  ["keys of two instances", { ...enough, CLERK_SECRET_KEY: "sk_test_x" }, [], /secretKey/],
  ["a public origin that is none", { ...enough, PUBLIC_ORIGIN: "site.e2e.example" }, [], /publicOrigin|authorizedParties/],
  ["a port that is no number", { ...enough, PORT: "x" }, [], /PORT/],
  ["an unknown argument", enough, ["--dmeo"], /usage: guarded_site \[--demo\]/],
  ["a demo that strangers could reach", { HOST: "0.0.0.0" }, ["--demo"], /loopback/],
]) {
  test(`does not start, and says why: ${what}`, { timeout: 20_000 }, async () => {
    const child = launch(environment, args);
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    assert.match(child.output, message);
    assert.doesNotMatch(child.output, /ready:|nonsense|sk_test_x/);
  });
}

test("with the keys of an instance, its sessions and its users are good", { timeout: 20_000 }, async () => {
  const [, url] = await launch(enough).match(/^ready: (http:\/\/\S+)$/);
  const Authorization = `Bearer ${await clerk.token("user_ada", { azp: enough.PUBLIC_ORIGIN })}`;
  assert.match((await send(`${url}/dashboard`, { headers: { Authorization } })).body, /Welcome, Ada Lovelace/);
  const elsewhere = `Bearer ${await clerk.token("user_ada", { azp: "https://evil.example" })}`;
  assert.equal((await send(`${url}/api/me`, { headers: { Authorization: elsewhere } })).status, 401);

  const { status, headers } = await send(`${url}/dashboard`, { headers: { Accept: "text/html" } });
  assert.equal(status, 307);
  assert.match(headers.location, /^https:\/\/accounts\.e2e\.example\/sign-in\?redirect_url=https%3A%2F%2Fsite\.e2e\.example%2Fdashboard$/);
});

test("what only the demo can do is not there", { timeout: 20_000 }, async () => {
  const [, url] = await launch(enough).match(/^ready: (http:\/\/\S+)$/);
  const headers = { Accept: "application/json" };
  for (const path of ["/sign-in", "/__clerk/v1/client/handshake"]) {
    assert.equal((await send(url + path, { headers })).status, 401);
  }
  assert.equal((await send(`${url}/demo/sign-in/user_ada`, { method: "POST", headers })).status, 401);
});
