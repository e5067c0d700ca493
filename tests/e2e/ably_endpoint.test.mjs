// ably_endpoint as the authUrl of Ably's own client, which exchanges token requests for tokens at a fake of Ably that
// verifies the signature independently.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";

import { peer } from "../peers/lib/peers.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { send, StubServer } from "./lib/http.mjs";

const { default: Ably } = await peer("ably");
const [, , program] = process.argv;
const processes = new Processes();
const KEY_NAME = "e2eApp.e2eKey";
const SECRET = "c2VjcmV0-of_e2e";
const ORIGIN = "https://site.e2e.example";
const TIMEOUT = { timeout: 20_000 };

const ably = await new StubServer(exchange).start();
after(async () => {
  await processes.close();
  await ably.stop();
});
const clerk = await new FakeClerk(processes).start();
await clerk.addUser({ id: "user_ada", username: "ada" });
await clerk.addUser({ id: "user_grace" });
await clerk.addUser({ id: "user_eve", username: "*" });

const environment = {
  ABLY_API_KEY: `${KEY_NAME}:${SECRET}`,
  CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
  CLERK_SECRET_KEY: clerk.secretKey,
  CLERK_API_URL: clerk.url,
  PUBLIC_ORIGIN: ORIGIN,
};
const launch = (more, args = []) =>
  processes.start("ably_endpoint", program, args, { env: { PATH: process.env.PATH, ...more } });
const urlOf = async (child) => (await child.match(/^ready: (http:\/\/\S+)$/))[1];
const url = await urlOf(launch(environment));
const authUrl = `${url}/api/ably`;
const bearer = async (userId) => ({ Authorization: `Bearer ${await clerk.token(userId, { azp: ORIGIN })}` });

/** Checks the signature, the age of the request and that its nonce is new, as Ably does. */
const nonces = new Set();
function exchange({ method, path, body }) {
  const { keyName, ttl = "", capability = "", clientId = "", timestamp, nonce, mac } = JSON.parse(body);
  const text = [keyName, ttl, capability, clientId, timestamp, nonce, ""].join("\n");
  const isGood =
    method === "POST" &&
    path.split("?")[0] === `/keys/${KEY_NAME}/requestToken` &&
    createHmac("sha256", SECRET).update(text).digest("base64") === mac &&
    Math.abs(Date.now() - timestamp) < 120_000 &&
    nonce.length >= 16 &&
    !nonces.has(nonce);
  nonces.add(nonce);
  if (!isGood) return { status: 401, body: { error: { code: 40101, statusCode: 401, message: "refused" } } };
  const issued = Date.now();
  return { status: 201, body: { token: `${KEY_NAME}.token`, keyName, issued, expires: issued + 3_600_000, capability, clientId } };
}

function clientWith(authHeaders, more = {}) {
  const { hostname, port } = new URL(ably.url);
  return new Ably.Rest({ authUrl, authHeaders, endpoint: hostname, port: Number(port), tls: false, useTokenAuth: true, logLevel: 0, ...more });
}

test("Ably's client gets a token for the username, whatever it requests", TIMEOUT, async () => {
  const wishes = { clientId: "admin", capability: '{"*":["*"]}', ttl: 86_400_000, timestamp: 1 };
  const details = await clientWith(await bearer("user_ada")).auth.requestToken(wishes);
  assert.equal(details.clientId, "ada");
  const capability = { "chat:*": ["presence", "publish", "subscribe"], "inbox:user_ada": ["subscribe"] };
  assert.deepEqual(JSON.parse(details.capability), capability);
  assert.equal(JSON.parse(ably.requests.at(-1).body).ttl, undefined);
});

test("Ably's client renews its token with a new request", TIMEOUT, async () => {
  const client = clientWith(await bearer("user_ada"));
  for (let i = 0; i < 2; ++i) assert.equal((await client.auth.authorize()).clientId, "ada");
  const [first, second] = ably.requests.slice(-2).map(({ body }) => JSON.parse(body).nonce);
  assert.notEqual(first, second);
});

test("the fake rejects unsigned and repeated requests", TIMEOUT, async () => {
  const { body } = await send(authUrl, { headers: await bearer("user_ada") });
  const post = (request) => exchange({ method: "POST", path: `/keys/${KEY_NAME}/requestToken`, body: JSON.stringify(request) }).status;
  assert.equal(post({ ...JSON.parse(body), clientId: "admin", nonce: "0123456789abcdef" }), 401);
  assert.equal(post(JSON.parse(body)), 201);
  assert.equal(post(JSON.parse(body)), 401);
});

test("the response is JSON that must not be cached", TIMEOUT, async () => {
  const { status, headers } = await send(authUrl, { headers: await bearer("user_ada") });
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["cache-control"], "no-store");
});

test("without a session the response is 401, never a redirect, and Ably's client may retry", TIMEOUT, async () => {
  for (const headers of [{}, { Accept: "text/html", "Sec-Fetch-Dest": "document" }, { Authorization: "Bearer x.y.z" }]) {
    const answer = await send(authUrl, { headers });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers["content-type"], "application/json");
  }
  await assert.rejects(clientWith({}).auth.requestToken(), { statusCode: 401 });
});

for (const [who, userId, reason] of [
  ["who has no username", "user_grace", /Choose a username first/],
  ["whose username stands for everybody", "user_eve", /cannot be used/],
  ["whose account was deleted", "user_deleted", /account is gone/],
]) {
  test(`a user ${who} is rejected permanently, not made anonymous`, TIMEOUT, async () => {
    const { status, body } = await send(authUrl, { headers: await bearer(userId) });
    assert.equal(status, 403);
    assert.match(body, reason);
    await assert.rejects(clientWith(await bearer(userId)).auth.requestToken(), { code: 40300, statusCode: 403, message: reason });
  });
}

test("while users cannot be fetched, nobody gets a token, and clients may retry", TIMEOUT, async (t) => {
  t.after(() => clerk.forget());
  await clerk.fail("/v1/users", 500);
  assert.equal((await send(authUrl, { headers: await bearer("user_ada") })).status, 503);
});

test("only the endpoint exists", TIMEOUT, async () => {
  for (const path of ["/", "/demo/token/user_ada"]) {
    assert.equal((await send(url + path, { headers: await bearer("user_ada") })).status, 404);
    assert.equal((await send(url + path)).status, 401);
  }
});

test("the demo needs no account", TIMEOUT, async () => {
  const demo = await urlOf(launch({}, ["--demo"]));
  const headers = async (userId) => ({ Authorization: `Bearer ${(await send(`${demo}/demo/token/${userId}`, { method: "POST" })).body}` });
  const { status, body } = await send(`${demo}/api/ably`, { headers: await headers("user_ada") });
  assert.equal(status, 200);
  assert.equal(JSON.parse(body).clientId, "ada");
  assert.equal((await send(`${demo}/api/ably`, { headers: await headers("user_grace") })).status, 403);
  assert.equal((await send(`${demo}/api/ably`, { headers: { ...(await headers("user_ada")), Host: "evil.example" } })).status, 421);
});

for (const [what, more, args, message] of [
  ["no Ably key", { ABLY_API_KEY: "" }, [], /Ably API key is missing/],
  ["an Ably key in two lines", { ABLY_API_KEY: `${KEY_NAME}:\n${SECRET}` }, [], /white space/],
  ["no Clerk instance", { CLERK_SECRET_KEY: "" }, [], /CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY.*--demo/],
  ["a demo that other machines could reach", { HOST: "0.0.0.0" }, ["--demo"], /loopback/],
]) {
  test(`does not start, and says why: ${what}`, TIMEOUT, async () => {
    const child = launch({ ...environment, ...more }, args);
    assert.deepEqual(await child.exited, { code: 1, signal: null });
    assert.match(child.output, message);
    assert.doesNotMatch(child.output, new RegExp(`ready:|${SECRET}`));
  });
}
