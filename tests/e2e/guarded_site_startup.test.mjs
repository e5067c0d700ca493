// How guarded_site starts, and how it works with an external Clerk.

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
  CLERK_PROXY_URL: clerk.url,
  PUBLIC_ORIGIN: "https://site.e2e.example",
};
const launch = (environment, args = []) =>
  processes.start("guarded_site", program, args, { env: { PATH: process.env.PATH, ...environment } });

for (const [what, environment, args, message] of [
  ["no publishable key", { ...enough, CLERK_PUBLISHABLE_KEY: "" }, [], /CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY.*--demo/],
  ["no secret key", { ...enough, CLERK_SECRET_KEY: "" }, [], /CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY.*--demo/],
  ["an invalid publishable key", { ...enough, CLERK_PUBLISHABLE_KEY: "pk_live_nonsense" }, [], /publishable key/],
  ["a secret key in the place of the publishable one", { ...enough, CLERK_PUBLISHABLE_KEY: enough.CLERK_SECRET_KEY }, [], /CLERK_PUBLISHABLE_KEY/],
  ["keys of two kinds of instances", { ...enough, CLERK_SECRET_KEY: "sk_test_x1234567890" }, [], /CLERK_SECRET_KEY of a development instance/],
  ["a secret key that Clerk refuses", { ...enough, CLERK_SECRET_KEY: "sk_live_x1234567890" }, [], /CLERK_SECRET_KEY/],
  ["an invalid public origin", { ...enough, PUBLIC_ORIGIN: "site.e2e.example" }, [], /PUBLIC_ORIGIN must be/],
  ["a port that is no number", { ...enough, PORT: "x" }, [], /PORT/],
  ["an unknown argument", enough, ["--dmeo"], /usage: guarded_site \[--demo\]/],
  ["a demo that strangers could reach", { HOST: "0.0.0.0" }, ["--demo"], /loopback/],
  ["a demo of no kind", { DEMO_INSTANCE: "staging" }, ["--demo"], /DEMO_INSTANCE must be development or production/],
  ...["5", "3601", "-60", "60s", " ", "0x10", "99999999999999999999"].map((seconds) => [
    `a demo whose tokens are to last ${JSON.stringify(seconds)} seconds`,
    { DEMO_TOKEN_SECONDS: seconds },
    ["--demo"],
    /DEMO_TOKEN_SECONDS must be a number from 6 to 3600/,
  ]),
]) {
  test(`does not start, and says why: ${what}`, { timeout: 20_000 }, async () => {
    const child = launch(environment, args);
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    assert.match(child.output, message);
    assert.doesNotMatch(child.output, /ready:|nonsense|sk_(test|live)_/);
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

test("a page may load and reach nothing but the site and its Clerk", { timeout: 20_000 }, async () => {
  const policyOf = async (environment, args = []) => {
    const [, url] = await launch(environment, args).match(/^ready: (http:\/\/\S+)$/);
    return (await send(url)).headers["content-security-policy"];
  };
  const policy = (connect, image) =>
    `default-src 'none'; script-src 'self'; worker-src blob:; connect-src 'self'${connect}; style-src 'self'; ` +
    `img-src 'self'${image}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  assert.equal(await policyOf(enough), policy(` ${clerk.url}`, " https://img.clerk.com"));
  assert.equal(await policyOf({}, ["--demo"]), policy("", ""));
});

test("a page knows how to load Clerk's browser SDK", { timeout: 20_000 }, async () => {
  const [, url] = await launch({ ...enough, CLERK_SIGN_IN_URL: "/enter?a='b'&c" }).match(/^ready: (http:\/\/\S+)$/);
  const { body } = await send(url);
  assert.ok(body.includes(`<meta name=clerk-publishable-key content='${clerk.publishableKey}'>`), body);
  assert.ok(body.includes(`<meta name=clerk-proxy-url content='${clerk.url}'>`), body);
  assert.ok(body.includes("<meta name=clerk-sign-in-url content='/enter?a=&#39;b&#39;&amp;c'>"), body);
  assert.doesNotMatch(body, /sk_/);
});

for (const [what, environment] of [
  ["tokens as short as they may be", { DEMO_TOKEN_SECONDS: "6" }],
  ["tokens as long as they may be", { DEMO_TOKEN_SECONDS: "3600" }],
]) {
  test(`a demo starts with ${what}`, { timeout: 20_000 }, async () => {
    await launch(environment, ["--demo"]).match(/^ready: http:\/\/127\.0\.0\.1:\d+$/);
  });
}

test("what only the demo can do is not there", { timeout: 20_000 }, async () => {
  const [, url] = await launch(enough).match(/^ready: (http:\/\/\S+)$/);
  const headers = { Accept: "application/json" };
  for (const path of ["/sign-in", "/sign-in/main.js", "/sign-in/people", "/__clerk/v1/client/handshake"]) {
    assert.equal((await send(url + path, { headers })).status, 401);
  }
  for (const path of ["/sign-in/tickets/user_ada", "/__clerk/v1/client/sign_ins"]) {
    assert.equal((await send(url + path, { method: "POST", headers })).status, 401);
  }
});
