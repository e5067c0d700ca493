// Tokens of the official development server: what it puts into those we ask for, beside those @liveblocks/node asks for.
// Usage: node dev_server.mjs <liveblocks_oracle>

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { startDevServer } from "../../peers/lib/dev_server.mjs";
import { run } from "../../peers/lib/processes.mjs";
import { performAtVendor } from "./vendor.mjs";

const [program] = process.argv.slice(2);
const ACCESS = {
  prepare: { userId: "user-1", userInfo: { name: "Ada é", avatar: "https://img.example/a", level: 3 } },
  allow: [
    ["acme:product:*", ["*:write"]],
    ["acme:*", ["*:read", "comments:write"]],
    ["7", ["room:read", "feeds:none"]],
  ],
};

function payloadOf(outcome) {
  const answer = outcome.steps.at(-1);
  assert.equal(answer.status, 200, JSON.stringify(outcome));
  assert.equal(answer.error, false);
  const [, payload] = JSON.parse(answer.body).token.split(".");
  const { iat, exp, jti, ...rest } = JSON.parse(Buffer.from(payload, "base64url").toString("latin1"));
  return rest;
}

function performOurs(call) {
  return JSON.parse(execFileSync(program, { input: JSON.stringify(call), encoding: "utf8" }));
}

await run(async (processes) => {
  const { url, secretKey } = await startDevServer(processes);
  const options = { secret: secretKey, baseUrl: url };
  const compare = async (steps, expected) => {
    const payload = payloadOf(performOurs({ options, steps }));
    assert.deepEqual(payload, { pid: "localdev", ...expected });
    assert.deepEqual(payload, payloadOf(await performAtVendor({ options, steps })));
  };

  const allows = ACCESS.allow.map((allow) => ({ allow }));
  await compare([{ prepare: ACCESS.prepare }, ...allows, { authorize: true }], {
    k: "acc",
    uid: "user-1",
    perms: Object.fromEntries(ACCESS.allow),
    ui: ACCESS.prepare.userInfo,
  });
  await compare([{ identify: { userId: "user-2", groupIds: ["g1", "g2"], userInfo: { name: "Bob" } } }], {
    k: "id",
    uid: "user-2",
    gids: ["g1", "g2"],
    ui: { name: "Bob" },
  });

  const wrongKey = { options: { ...options, secret: "sk_wrong" }, steps: [{ prepare: { userId: "u" } }, { authorize: true }] };
  const [ours, theirs] = [performOurs(wrongKey), await performAtVendor(wrongKey)];
  assert.equal(ours.steps[1].status, 403);
  assert.deepEqual(ours.steps, theirs.steps);
  assert.deepEqual(ours.logs, theirs.logs);
  assert.match(ours.logs[1][1], /sk_localdev/);
  console.log("tokens of the dev server hold what was asked for");
});
