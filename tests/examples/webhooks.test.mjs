// The example `webhooks` with deliveries like those of the vendors.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";

const [program] = process.argv.slice(2);
const processes = new Processes();
after(() => processes.close());

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const CLERK_SECRET = "whsec_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ";
const OLD_SECRET = "whsec_dGVzdF9zaWduaW5nX3NlY3JldF8zMl9jaGFyc19sb25n";
const FOREIGN_SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const ROOM_CREATED = '{"type":"roomCreated","data":{"projectId":"p","roomId":"r","createdAt":"2026-01-01T12:00:00Z"}}';
const USER_CREATED = '{"type":"user.created","object":"event","data":{"id":"user_1"}}';

let deliveries = 0;

function delivery(body, { family = "webhook-", secret = SECRET } = {}) {
  const id = `msg_${(deliveries += 1)}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    body,
    headers: {
      [`${family}id`]: id,
      [`${family}timestamp`]: timestamp,
      [`${family}signature`]: `v1,${signature}`,
    },
  };
}

test("webhooks takes each signed event once and refuses the rest", { timeout: 20_000 }, async () => {
  const child = processes.start("webhooks", program, [], {
    env: { ...process.env, LIVEBLOCKS_WEBHOOK_SECRET: `${SECRET} ${OLD_SECRET}`, CLERK_WEBHOOK_SIGNING_SECRET: CLERK_SECRET },
  });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const send = async ({ headers, body }) => {
    const answer = await fetch(`${url}/webhooks`, { method: "POST", headers, body });
    return [answer.status, await answer.json()];
  };
  const handled = [200, { repeated: false }];
  const refused = [400, { error: "not a webhook" }];

  const first = delivery(ROOM_CREATED);
  assert.deepEqual(await send(first), handled);
  assert.deepEqual(await send(first), [200, { repeated: true }]);
  await child.match(/^Liveblocks: roomCreated$/);
  assert.deepEqual(await send(delivery(ROOM_CREATED, { secret: OLD_SECRET })), handled);
  assert.deepEqual(await send(delivery(USER_CREATED, { family: "svix-", secret: CLERK_SECRET })), handled);
  await child.match(/^Clerk: user\.created$/);

  assert.deepEqual(await send(delivery(USER_CREATED, { family: "svix-", secret: FOREIGN_SECRET })), refused);
  // Signed with the secret of Liveblocks, whatever the names of the headers: the data of Clerk's events is never a number.
  assert.deepEqual(await send(delivery('{"type":"new","data":5}', { family: "svix-" })), handled);
  assert.deepEqual(await send(delivery('{"type":"new","data":5}', { secret: CLERK_SECRET })), refused);
  assert.deepEqual(await send({ ...delivery(ROOM_CREATED), body: ROOM_CREATED + " " }), refused);
  assert.deepEqual(await send({ body: ROOM_CREATED }), refused);
  const incomplete = delivery('{"type":"roomCreated","data":{}}');
  assert.deepEqual(await send(incomplete), refused);
  assert.deepEqual(await send(incomplete), refused);
  assert.equal((await fetch(`${url}/webhooks`)).status, 404);
});

test("webhooks writes what others wrote into one line of its log", { timeout: 20_000 }, async () => {
  const child = processes.start("webhooks", program, [], {
    env: { ...process.env, LIVEBLOCKS_WEBHOOK_SECRET: SECRET, CLERK_WEBHOOK_SIGNING_SECRET: CLERK_SECRET },
  });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const forged = "x\nClerk: user.deleted\r\n\u001b[2J\u2028";
  const data = { projectId: "p", roomId: forged, threadId: "t", commentId: "c", createdAt: "now", createdBy: forged };
  for (const { headers, body } of [
    delivery(JSON.stringify({ type: "commentCreated", data })),
    delivery(JSON.stringify({ type: forged, data: {} })),
    delivery(JSON.stringify({ type: forged, data: {} }), { family: "svix-", secret: CLERK_SECRET }),
    delivery(USER_CREATED, { family: "svix-", secret: CLERK_SECRET }),
  ]) {
    assert.equal((await fetch(`${url}/webhooks`, { method: "POST", headers, body })).status, 200);
  }
  await child.match(/^Clerk: user\.created$/);
  const shown = String.raw`x\x0aClerk: user.deleted\x0d\x0a\x1b[2J\xe2\x80\xa8`;
  assert.deepEqual(child.lines.slice(1), [
    `Liveblocks: ${shown} commented in room ${shown}`,
    `Liveblocks: ${shown}`,
    `Clerk: ${shown}`,
    "Clerk: user.created",
  ]);
});

test("webhooks takes bodies of up to 1 MiB", { timeout: 20_000 }, async () => {
  const child = processes.start("webhooks", program, [], { env: { ...process.env, CLERK_WEBHOOK_SIGNING_SECRET: SECRET } });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const send = async (size) => {
    const { headers, body } = delivery(USER_CREATED.padEnd(size), { family: "svix-" });
    return (await fetch(`${url}/webhooks`, { method: "POST", headers, body })).status;
  };
  assert.equal(await send(1 << 20), 200);
  assert.equal(await send((1 << 20) + 1), 413);
});

test("webhooks reads no body but a plain one of a delivery", { timeout: 20_000 }, async () => {
  // Threads with small stacks: cpp-httplib parses ranges and the parts of forms with regular expressions.
  const child = processes.start("webhooks", "sh", ["-c", 'ulimit -s 256; exec "$0"', program], {
    env: { ...process.env, CLERK_WEBHOOK_SIGNING_SECRET: SECRET },
  });
  const [, url] = await child.match(/^ready: (http:\S+)$/);
  const send = async (method, path, headers) => {
    const name = "a".repeat(8000);
    const body = `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n--b--\r\n`;
    return (await fetch(`${url}${path}`, { method, headers, body })).status;
  };
  const form = { "Content-Type": "multipart/form-data; boundary=b" };
  for (const [method, path, headers, status] of [
    ["POST", "/webhooks", {}, 400],
    ["POST", "/webhooks", form, 415],
    ["POST", "/webhooks", { "Content-Encoding": "gzip" }, 415],
    ["PUT", "/webhooks", form, 400],
    ["DELETE", "/webhooks", form, 400],
    ["POST", "/other", form, 400],
    ["POST", "/other", { "Content-Encoding": "gzip" }, 400],
    ["PATCH", "/", {}, 400],
  ]) {
    assert.equal(await send(method, path, headers), status, `${method} ${path} ${JSON.stringify(headers)}`);
  }
  assert.equal((await fetch(`${url}/`, { headers: { Range: `bytes=${"1".repeat(8000)}-` } })).status, 416);
  assert.equal((await fetch(`${url}/other`, { method: "POST" })).status, 404);
  assert.deepEqual(await child.stop(), { code: 0, signal: null });
});

test("webhooks --demo shows a signed, a repeated and a changed delivery", { timeout: 20_000 }, () => {
  const { status, stdout, stderr } = spawnSync(program, ["--demo"], { encoding: "utf8" });
  assert.equal(status, 0);
  assert.match(stdout, /^an event of Liveblocks: 200 \{"repeated":false\}$/m);
  assert.match(stdout, /^an event of Clerk: 200 \{"repeated":false\}$/m);
  assert.match(stdout, /^the same again: 200 \{"repeated":true\}$/m);
  assert.match(stdout, /^a changed one: 400 /m);
  assert.match(stderr, /no signature of the webhook matches/);
});

test("webhooks does not start without a secret", { timeout: 20_000 }, () => {
  const env = { ...process.env, LIVEBLOCKS_WEBHOOK_SECRET: "", CLERK_WEBHOOK_SIGNING_SECRET: "" };
  const { status, stderr } = spawnSync(program, [], { encoding: "utf8", env });
  assert.equal(status, 1);
  assert.match(stderr, /set LIVEBLOCKS_WEBHOOK_SECRET/);
});
