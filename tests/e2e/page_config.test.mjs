// The configuration that task_board sends to its page, and what its policy permits browsers to load.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { send } from "./lib/http.mjs";
import { startTaskBoard } from "./lib/task_board.mjs";

const processes = new Processes();
after(() => processes.close());

const { pem } = await new FakeClerk(processes).start();
const enough = { LIVEBLOCKS_SECRET_KEY: "sk_dev_x", CLERK_JWT_KEY: pem };
const CLERK_PUBLISHABLE_KEY = `pk_test_${Buffer.from("calm-owl-7.clerk.accounts.dev$").toString("base64")}`;
const ownKeys = { ...enough, CLERK_PUBLISHABLE_KEY };

const BEFORE = "default-src 'none'; script-src 'self'; ";
const AFTER = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const LIVEBLOCKS = "https://api.liveblocks.io wss://api.liveblocks.io";
const WITH_CLERK = "worker-src blob:; style-src 'self'; img-src 'self' https://img.clerk.com; connect-src 'self'";

for (const [what, environment, config, policy] of [
  ["a PEM alone", enough, {}, `style-src 'self'; img-src 'self'; connect-src 'self' ${LIVEBLOCKS}`],
  [
    "a development instance",
    ownKeys,
    { publishableKey: CLERK_PUBLISHABLE_KEY },
    `${WITH_CLERK} https://calm-owl-7.clerk.accounts.dev ${LIVEBLOCKS}`,
  ],
  [
    "a proxy for the Frontend API at a path of the site",
    { ...ownKeys, CLERK_PROXY_URL: "/__clerk", CLERK_SIGN_IN_URL: "/sign-in" },
    { publishableKey: CLERK_PUBLISHABLE_KEY, proxyUrl: "/__clerk", signInUrl: "/sign-in" },
    `${WITH_CLERK} ${LIVEBLOCKS}`,
  ],
  [
    "a proxy for the Frontend API on the site's host",
    { ...ownKeys, PUBLIC_ORIGIN: "https://tasks.example", CLERK_PROXY_URL: "https://tasks.example/__clerk" },
    { publishableKey: CLERK_PUBLISHABLE_KEY, proxyUrl: "https://tasks.example/__clerk" },
    `${WITH_CLERK} ${LIVEBLOCKS}`,
  ],
  [
    "a proxy for the Frontend API elsewhere",
    { ...ownKeys, CLERK_PROXY_URL: "https://proxy.example:8443/clerk" },
    { publishableKey: CLERK_PUBLISHABLE_KEY, proxyUrl: "https://proxy.example:8443/clerk" },
    `${WITH_CLERK} https://proxy.example:8443 ${LIVEBLOCKS}`,
  ],
  [
    "another base URL of Liveblocks",
    { ...enough, LIVEBLOCKS_BASE_URL: "http://127.0.0.1:1153/some/path" },
    { baseUrl: "http://127.0.0.1:1153/some/path" },
    "style-src 'self'; img-src 'self'; connect-src 'self' http://127.0.0.1:1153 ws://127.0.0.1:1153",
  ],
  [
    "a publishable key that was pasted with what stood around it",
    { ...enough, CLERK_PUBLISHABLE_KEY: `\u00A0\u201C${CLERK_PUBLISHABLE_KEY}\u201D\u200B\r\n` },
    { publishableKey: CLERK_PUBLISHABLE_KEY },
    `${WITH_CLERK} https://calm-owl-7.clerk.accounts.dev ${LIVEBLOCKS}`,
  ],
  [
    "URLs that were pasted with what stood around them",
    {
      ...ownKeys,
      PUBLIC_ORIGIN: '"https://tasks.example"\n',
      CLERK_PROXY_URL: "'https://tasks.example/__clerk'",
      LIVEBLOCKS_BASE_URL: "'http://127.0.0.1:1153'\r\n",
    },
    {
      publishableKey: CLERK_PUBLISHABLE_KEY,
      proxyUrl: "https://tasks.example/__clerk",
      baseUrl: "http://127.0.0.1:1153",
    },
    `${WITH_CLERK} http://127.0.0.1:1153 ws://127.0.0.1:1153`,
  ],
]) {
  test(`the page may load and reach no more than it needs, with ${what}`, { timeout: 20_000 }, async () => {
    const { url } = await startTaskBoard(processes, environment);
    const answer = await fetch(`${url}/api/config`);
    assert.deepEqual([answer.status, answer.headers.get("cache-control")], [200, "no-store"]);
    assert.deepEqual(await answer.json(), config);
    for (const path of ["/api/config", "/", "/main.js", "/nothing"]) {
      const { headers } = await fetch(url + path, { redirect: "manual" });
      assert.equal(headers.get("content-security-policy"), BEFORE + policy + AFTER, path);
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
    }
  });
}

test("where browsers see it elsewhere it says where", { timeout: 20_000 }, async () => {
  const { child, url } = await startTaskBoard(processes, { ...ownKeys, PUBLIC_ORIGIN: "http://localhost:8080" });
  assert.notEqual(url, "http://localhost:8080");
  await child.match(/^open: http:\/\/localhost:8080$/);
});

test("where browsers see it as it listens one line says all", { timeout: 20_000 }, async () => {
  const { child } = await startTaskBoard(processes, enough);
  assert.equal(await child.stop().then(() => child.output.match(/^(ready|open): /gm).length), 1);
});

for (const [variable, value] of [
  ["CLERK_PROXY_URL", "javascript:alert(1)"],
  ["CLERK_PROXY_URL", "https://proxy.example;script-src *"],
  ["LIVEBLOCKS_BASE_URL", "https://liveblocks.example;script-src *"],
  ["LIVEBLOCKS_BASE_URL", "https://liveblocks.example, x"],
]) {
  test(`does not start with a URL that would loosen the policy: ${variable}=${value}`, { timeout: 20_000 }, async () => {
    await assert.rejects(startTaskBoard(processes, { ...ownKeys, [variable]: value }), /ended early \(1\)/);
  });
}

test("the page's files go out as they are, whatever browsers take", { timeout: 20_000 }, async () => {
  const { url } = await startTaskBoard(processes, enough);
  const ask = (method, accepted) => send(`${url}/main.js`, { method, headers: { "Accept-Encoding": accepted } });
  const [plain, offered, head] = await Promise.all([ask("GET", "identity"), ask("GET", "gzip, br"), ask("HEAD", "br")]);
  assert.ok(plain.body.length > 10_000);
  assert.equal(offered.body, plain.body);
  assert.equal(head.body, "");
  for (const { headers } of [plain, offered, head]) {
    assert.deepEqual(
      [headers["content-type"], headers["content-length"], headers["content-encoding"], headers["cache-control"]],
      ["text/javascript; charset=utf-8", String(Buffer.byteLength(plain.body)), undefined, "no-cache"],
    );
  }
});
