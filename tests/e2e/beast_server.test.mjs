// beast_server: one thread with everything on it, in front of fakes of Clerk and Liveblocks.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { send, StubServer } from "./lib/http.mjs";

const [, , program] = process.argv;
const processes = new Processes();
const ORIGIN = "https://site.e2e.example";
const WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TIMEOUT = { timeout: 20_000 };
const AUTH = "/api/liveblocks-auth";

/** Responds to users whose id contains "slow" when `release()` is called, if ever. */
class FakeLiveblocks extends StubServer {
  waiting = [];

  constructor() {
    super((request) => this.#respond(request));
  }

  release() {
    for (const respond of this.waiting.splice(0)) respond({ body: { token: "a.b.c" } });
  }

  async until(count) {
    while (this.waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  #respond({ body }) {
    if (!JSON.parse(body).userId.includes("slow")) return { body: { token: "a.b.c" } };
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

const liveblocks = await new FakeLiveblocks().start();
after(async () => {
  await processes.close();
  await liveblocks.stop();
});
const clerk = await new FakeClerk(processes).start();
for (const id of ["user_ada", "user_slow"]) await clerk.addUser({ id });

const environment = {
  PATH: process.env.PATH,
  LIVEBLOCKS_SECRET_KEY: "sk_test",
  LIVEBLOCKS_BASE_URL: liveblocks.url,
  LIVEBLOCKS_WEBHOOK_SECRET: WEBHOOK_SECRET,
  CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
  CLERK_SECRET_KEY: clerk.secretKey,
  CLERK_API_URL: clerk.url,
  ABLY_API_KEY: "app.key:secret",
  PUBLIC_ORIGIN: ORIGIN,
};

async function start(more = {}) {
  const child = processes.start("beast_server", program, [], { env: { ...environment, ...more } });
  const [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  return { child, url };
}

const { url } = await start();
const bearer = async (userId) => ({ Authorization: `Bearer ${await clerk.token(userId, { azp: ORIGIN })}` });
const ask = async (userId, room, { to = url, agent } = {}) =>
  send(to + AUTH, { method: "POST", headers: await bearer(userId), body: JSON.stringify({ room }), agent });

/** Sends bytes, and returns all that is received until the server closes. */
async function exchange(bytes, to = url) {
  const socket = connect(Number(new URL(to).port), "127.0.0.1");
  let received = "";
  socket.on("data", (more) => (received += more));
  socket.end(bytes);
  await once(socket, "close");
  return received;
}

test("a token is given for the caller's own rooms", TIMEOUT, async () => {
  const given = await ask("user_ada", "user_ada:1");
  assert.deepEqual([given.status, given.body], [200, '{"token":"a.b.c"}']);
  assert.deepEqual(JSON.parse(liveblocks.requests.at(-1).body).permissions, { "user_ada:1": ["*:write"] });
  assert.equal((await ask("user_ada", "user_grace:1")).status, 403);
  assert.equal((await send(url + AUTH, { method: "POST", body: '{"room":"user_ada:1"}' })).status, 401);
});

test("everything but the front page is guarded", TIMEOUT, async () => {
  assert.equal((await send(url)).status, 200);
  assert.equal((await send(`${url}/api/me`)).status, 401);
  assert.equal((await send(`${url}/api/me%2F..`, { path: "/%2F../" })).status, 401);
  const page = await send(`${url}/page`, { headers: { Accept: "text/html", "Sec-Fetch-Dest": "document" } });
  assert.equal(page.status, 307);
  const me = await send(`${url}/api/me?x=1`, { headers: await bearer("user_ada") });
  assert.deepEqual([me.status, me.body], [200, '{"userId":"user_ada"}']);
  assert.equal((await send(`${url}/page`, { headers: await bearer("user_ada") })).status, 404);
});

test("a token request for Ably is signed for the caller", TIMEOUT, async () => {
  const { status, body } = await send(`${url}/api/ably`, { headers: await bearer("user_ada") });
  assert.equal(status, 200);
  assert.equal(JSON.parse(body).clientId, "user_ada");
});

test("a webhook is accepted once, and a forged one never", TIMEOUT, async () => {
  const body = '{"type":"roomCreated","data":{"projectId":"p","roomId":"r","createdAt":"2026-01-01T12:00:00Z"}}';
  const id = "msg_1";
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(WEBHOOK_SECRET.slice("whsec_".length), "base64");
  const signature = `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  const deliver = async (text) => (await send(`${url}/webhooks`, { method: "POST", headers, body: text })).body;
  assert.equal(await deliver(body), '{"repeated":false}');
  assert.equal(await deliver(body), '{"repeated":true}');
  assert.equal(await deliver(`${body} `), '{"error":"not a webhook"}');
});

test("requests are limited, and ambiguous ones refused", TIMEOUT, async () => {
  const post = (path, size, options) =>
    send(url + path, { method: "POST", body: "x".repeat(size), ...options }).then(({ status }) => status);
  assert.equal(await post(AUTH, (64 << 10) + 1), 413);
  assert.equal(await post(AUTH, (64 << 10) + 1, { chunked: true }), 413);
  assert.equal(await post("/api/me", 1), 413);
  assert.equal(await post("/webhooks", 1 << 20), 400);
  assert.equal(await post("/webhooks", (1 << 20) + 1), 413);
  assert.match(await exchange(`GET / HTTP/1.1\r\nCookie: ${"x".repeat(70_000)}\r\n\r\n`), /^HTTP\/1.1 431 /);
  assert.match(await exchange("GET / HTTP/1.1\r\nCookie: " + "x".repeat(40_000) + "\r\n\r\n"), /^HTTP\/1.1 200 /);
  const hidden = "GET /health HTTP/1.1\r\n\r\n";
  for (const framing of ["Transfer-Encoding: gzip", "Content-Length: 5\r\nTransfer-Encoding: chunked"]) {
    const received = await exchange(`POST ${AUTH} HTTP/1.1\r\n${framing}\r\n\r\n${hidden}`);
    assert.doesNotMatch(received, /200 OK/);
  }
});

test("a connection serves one request after the other, and HEAD without a body", TIMEOUT, async () => {
  const received = await exchange("HEAD / HTTP/1.1\r\n\r\nGET /health HTTP/1.1\r\n\r\nGET /health HTTP/1.0\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  assert.equal(received.match(/HTTP\/1.[01] 200 OK/g).length, 3);
  assert.doesNotMatch(received, /Everybody/);
});

test("calls that hang delay nobody, and clients that leave do no harm", TIMEOUT, async () => {
  // The fake of Clerk serves only some connections at a time, so users are not looked up.
  const { child, url } = await start({ CLERK_JWT_KEY: clerk.pem, CLERK_SECRET_KEY: "" });
  const headers = await bearer("user_slow");
  const body = '{"room":"user_slow:1"}';
  const hanging = Array.from({ length: 50 }, () => send(url + AUTH, { method: "POST", headers, body }));
  const leaving = httpRequest(url + AUTH, { method: "POST", headers });
  leaving.on("error", () => {});
  leaving.end(body);
  await liveblocks.until(51);
  assert.equal((await send(`${url}/health`)).body, "ok");
  assert.equal((await ask("user_ada", "user_ada:1", { to: url })).status, 200);
  leaving.destroy();
  liveblocks.release();
  for (const { status } of await Promise.all(hanging)) assert.equal(status, 200);
  assert.match(readFileSync(`/proc/${child.process.pid}/status`, "utf8"), /^Threads:\s1$/m);
});

test("it stops at once when nothing is to be done", TIMEOUT, async () => {
  const server = await start();
  const idle = connect(Number(new URL(server.url).port), "127.0.0.1");
  const agent = new Agent({ keepAlive: true });
  await ask("user_ada", "user_ada:1", { to: server.url, agent });
  assert.deepEqual(await server.child.stop("SIGINT"), { code: 0, signal: null });
  agent.destroy();
  idle.destroy();
});

test("it finishes what it has received before it ends", TIMEOUT, async () => {
  const server = await start();
  const pending = ask("user_slow", "user_slow:1", { to: server.url });
  await liveblocks.until(1);
  server.child.process.kill("SIGTERM");
  await assert.rejects(async () => {
    while ((await send(`${server.url}/health`)).status === 200);
  });
  liveblocks.release();
  assert.equal((await pending).status, 200);
  assert.deepEqual(await server.child.exited, { code: 0, signal: null });
});

test("calls that take longer than the grace end with a 503", TIMEOUT, async () => {
  const server = await start({ GRACE_SECONDS: "0" });
  const pending = ask("user_slow", "user_slow:1", { to: server.url });
  await liveblocks.until(1);
  assert.deepEqual(await server.child.stop(), { code: 0, signal: null });
  assert.equal((await pending).status, 503);
  liveblocks.release();
});

for (const [what, more, message] of [
  ["no secret key of Liveblocks", { LIVEBLOCKS_SECRET_KEY: "" }, /secret/],
  ["no Clerk instance", { CLERK_PUBLISHABLE_KEY: "" }, /publishable/i],
  ["a port that is none", { PORT: "x" }, /PORT must be a number/],
  ["a cache of less than nothing", { TOKEN_CACHE_CAPACITY: "-1" }, /TOKEN_CACHE_CAPACITY must be a number/],
]) {
  test(`does not start, and says why: ${what}`, TIMEOUT, async () => {
    const failing = processes.start("beast_server", program, [], { env: { ...environment, ...more } });
    assert.deepEqual(await failing.exited, { code: 1, signal: null });
    assert.match(failing.output, message);
    assert.doesNotMatch(failing.output, /ready:/);
  });
}
