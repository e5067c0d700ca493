// Keys of different instances: task_board does not start with them, and says which variable to fix.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";

import { Processes } from "../peers/lib/processes.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { StubServer, unreachableUrl } from "./lib/http.mjs";
import { launchTaskBoard, startTaskBoard } from "./lib/task_board.mjs";

const publishableKey = (kind, host) => `pk_${kind}_${Buffer.from(`${host}$`).toString("base64")}`;
const secretKey = (kind) => `sk_${kind}_thisIsNobodysSecretKey`;
const keySet = (...ids) => ({ body: { keys: ids.map((kid) => ({ kid, kty: "RSA", alg: "RS256", use: "sig" })) } });
const hanging = new Promise(() => {});

const processes = new Processes();
const backendApi = new StubServer(() => backendAnswer);
const frontendApi = new StubServer(() => frontendAnswer);
let backendAnswer;
let frontendAnswer;

await Promise.all([backendApi.start(), frontendApi.start()]);
after(async () => {
  await processes.close();
  await Promise.all([backendApi.stop(), frontendApi.stop()]);
});

beforeEach(() => {
  backendAnswer = keySet("ins_1");
  frontendAnswer = keySet("ins_1");
  backendApi.requests.length = 0;
  frontendApi.requests.length = 0;
});

const production = {
  CLERK_PUBLISHABLE_KEY: publishableKey("live", "clerk.tasks.example"),
  CLERK_SECRET_KEY: secretKey("live"),
};
const development = {
  CLERK_PUBLISHABLE_KEY: publishableKey("test", "calm-owl-7.clerk.accounts.dev"),
  CLERK_SECRET_KEY: secretKey("test"),
};
const complete = (environment) => ({
  LIVEBLOCKS_SECRET_KEY: "sk_dev_thisIsNoRoomKey",
  CLERK_API_URL: backendApi.url,
  CLERK_PROXY_URL: frontendApi.url,
  ...environment,
});

const start = (environment) => startTaskBoard(processes, complete(environment));

async function refused(environment, message) {
  const database = join(processes.folder, "unused.db");
  const child = launchTaskBoard(processes, complete({ DATABASE_PATH: database, ...environment }));
  assert.deepEqual(await child.exited, { code: 1, signal: null });
  assert.match(child.output, message);
  assertNoKeyIn(child.output);
}

function assertNoKeyIn(output) {
  assert.doesNotMatch(output, /ready:|thisIs|nonsense/);
  for (const key of [production, development].map((keys) => keys.CLERK_PUBLISHABLE_KEY)) assert.ok(!output.includes(key));
}

const swapped = { CLERK_PUBLISHABLE_KEY: production.CLERK_SECRET_KEY, CLERK_SECRET_KEY: production.CLERK_PUBLISHABLE_KEY };

for (const [what, environment, message] of [
  ["an invalid publishable key", { ...production, CLERK_PUBLISHABLE_KEY: "pk_live_nonsense" }, /CLERK_PUBLISHABLE_KEY: .*damaged/],
  ["a publishable key of Liveblocks", { ...production, CLERK_PUBLISHABLE_KEY: "pk_dev_thisIsOfLiveblocks" }, /CLERK_PUBLISHABLE_KEY: .*public key of Liveblocks/],
  ["a secret key where browsers see it", { ...production, CLERK_PUBLISHABLE_KEY: production.CLERK_SECRET_KEY }, /CLERK_PUBLISHABLE_KEY: .*this is a secret key/],
  ["a secret key where browsers see it, and no other", { CLERK_PUBLISHABLE_KEY: production.CLERK_SECRET_KEY }, /CLERK_PUBLISHABLE_KEY: .*this is a secret key/],
  ["a publishable key for a secret one", { ...production, CLERK_SECRET_KEY: production.CLERK_PUBLISHABLE_KEY }, /CLERK_SECRET_KEY: .*this is a publishable key/],
  ["both keys, each in the other's place", swapped, /CLERK_PUBLISHABLE_KEY: .*this is a secret key/],
  ["a secret key of Liveblocks", { ...production, CLERK_SECRET_KEY: "sk_prod_thisIsOfLiveblocks" }, /CLERK_SECRET_KEY: .*secret key of Liveblocks/],
  ["an invalid PEM", { ...production, CLERK_JWT_KEY: "nonsense" }, /CLERK_JWT_KEY: /],
  ["a production instance with a secret key for development", { ...production, CLERK_SECRET_KEY: secretKey("test") }, /CLERK_PUBLISHABLE_KEY is of a production instance, CLERK_SECRET_KEY of a development instance/],
  ["a development instance with a secret key for production", { ...development, CLERK_SECRET_KEY: secretKey("live") }, /CLERK_PUBLISHABLE_KEY is of a development instance, CLERK_SECRET_KEY of a production instance/],
  ["no key of Liveblocks", { ...production, LIVEBLOCKS_SECRET_KEY: "" }, /LIVEBLOCKS_SECRET_KEY: /],
  ["a public key of Liveblocks for its secret one", { ...production, LIVEBLOCKS_SECRET_KEY: "pk_dev_thisIsPublic" }, /LIVEBLOCKS_SECRET_KEY: .*public key of Liveblocks/],
  ["Clerk's key for that of Liveblocks", { ...production, LIVEBLOCKS_SECRET_KEY: production.CLERK_SECRET_KEY }, /LIVEBLOCKS_SECRET_KEY: this is CLERK_SECRET_KEY/],
  ["Clerk's key in quotes for that of Liveblocks", { ...production, LIVEBLOCKS_SECRET_KEY: `"${production.CLERK_SECRET_KEY}"` }, /LIVEBLOCKS_SECRET_KEY: this is CLERK_SECRET_KEY/],
]) {
  test(`does not start, and asks nobody: ${what}`, { timeout: 20_000 }, async () => {
    await refused(environment, message);
    assert.deepEqual([...backendApi.requests, ...frontendApi.requests], []);
  });
}

const refusedUrls = [
  ["CLERK_SIGN_IN_URL", "javascript:alert('thisIs')", /CLERK_SIGN_IN_URL: .*must begin with https/],
  ["CLERK_SIGN_IN_URL", "//thisIs.example/sign-in", /CLERK_SIGN_IN_URL: .*must begin with https/],
  ["CLERK_SIGN_IN_URL", "thisIs.example/sign-in", /CLERK_SIGN_IN_URL: .*must begin with https/],
  ["CLERK_SIGN_IN_URL", "https://thisIs:nonsense@accounts.example", /CLERK_SIGN_IN_URL: .*must begin with https/],
  ["CLERK_SIGN_IN_URL", production.CLERK_SECRET_KEY, /CLERK_SIGN_IN_URL: .*must begin with https/],
  ["CLERK_PROXY_URL", "javascript:alert('thisIs')", /CLERK_PROXY_URL: .*must be an absolute URL/],
  ["CLERK_PROXY_URL", "//thisIs.example", /CLERK_PROXY_URL: .*not a valid path/],
  ["CLERK_PROXY_URL", "https://thisIs:nonsense@proxy.example", /CLERK_PROXY_URL: .*user name or password/],
  ["CLERK_PROXY_URL", production.CLERK_SECRET_KEY, /CLERK_PROXY_URL: .*must be an absolute URL/],
  ["CLERK_API_URL", "/thisIs", /CLERK_API_URL: .*must be an absolute URL/],
  ["CLERK_API_URL", production.CLERK_SECRET_KEY, /CLERK_API_URL: .*must be an absolute URL/],
];

for (const [what, keys] of [
  ["both keys", production],
  ["a publishable key alone", { CLERK_PUBLISHABLE_KEY: production.CLERK_PUBLISHABLE_KEY }],
]) {
  for (const [variable, value, message] of refusedUrls) {
    test(`does not start with ${what} and ${variable}=${value}, and asks nobody`, { timeout: 20_000 }, async () => {
      await refused({ ...keys, [variable]: value }, message);
      assert.deepEqual([...backendApi.requests, ...frontendApi.requests], []);
    });
  }
}

for (const CLERK_SIGN_IN_URL of ["/sign-in?from=board#form", "https://accounts.example/sign-in"]) {
  test(`starts without a word with CLERK_SIGN_IN_URL=${CLERK_SIGN_IN_URL}`, { timeout: 20_000 }, async () => {
    const { child } = await start({ ...production, CLERK_SIGN_IN_URL });
    assert.doesNotMatch(child.output, /task_board:/);
  });
}

test("does not start with keys of two instances of one kind", { timeout: 20_000 }, async () => {
  frontendAnswer = keySet("ins_2", "ins_3");
  for (const keys of [production, development]) {
    await refused(keys, /CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are of different instances/);
  }
});

for (const keys of [production, { CLERK_SECRET_KEY: secretKey("live") }]) {
  const what = keys.CLERK_PUBLISHABLE_KEY ? "beside a publishable key" : "alone";
  test(`does not start with a secret key that Clerk refuses, ${what}`, { timeout: 20_000 }, async () => {
    backendAnswer = { status: 401, body: { errors: [{ code: "clerk_key_invalid" }] } };
    await refused(keys, /CLERK_SECRET_KEY is rejected by Clerk/);
  });
}

for (const [what, keys, ids = ["ins_1"]] of [
  ["of a production instance", production],
  ["of a development instance", development],
  ["of an instance that changes its key", production, ["ins_0", "ins_1"]],
]) {
  test(`starts without a word with the keys ${what}`, { timeout: 20_000 }, async () => {
    frontendAnswer = keySet(...ids);
    const { child } = await start(keys);
    assert.doesNotMatch(child.output, /task_board:/);
    const [[backend], [frontend]] = [backendApi.requests, frontendApi.requests];
    assert.deepEqual([backend.path, backend.headers.authorization], ["/v1/jwks", `Bearer ${keys.CLERK_SECRET_KEY}`]);
    assert.deepEqual([frontend.path, frontend.headers.authorization], ["/.well-known/jwks.json", undefined]);
  });
}

test("white space and quotes around keys are sent neither to Clerk nor to the page", { timeout: 20_000 }, async () => {
  const { url } = await start({
    CLERK_PUBLISHABLE_KEY: ` "${production.CLERK_PUBLISHABLE_KEY}"\n`,
    CLERK_SECRET_KEY: `'${production.CLERK_SECRET_KEY}' `,
  });
  assert.equal(backendApi.requests[0].headers.authorization, `Bearer ${production.CLERK_SECRET_KEY}`);
  const config = await (await fetch(`${url}/api/config`)).json();
  assert.equal(config.publishableKey, production.CLERK_PUBLISHABLE_KEY);
});

test("a publishable key alone needs no comparison", { timeout: 20_000 }, async () => {
  await start({ CLERK_PUBLISHABLE_KEY: production.CLERK_PUBLISHABLE_KEY });
  assert.deepEqual([...backendApi.requests, ...frontendApi.requests], []);
});

const [clerk, otherClerk] = await Promise.all([1, 2].map(() => new FakeClerk(processes).start()));
const { pem } = clerk;
const body = pem.replace(/-----.*-----|\n/g, "");
for (const [what, CLERK_JWT_KEY] of [
  ["as it is", pem],
  ["with escaped line ends", pem.trim().replaceAll("\n", "\\n")],
  ["quoted", `"${pem}"`],
  ["without its first and last line", body],
]) {
  test(`starts without a word with the PEM of the instance, ${what}`, { timeout: 20_000 }, async () => {
    const { child } = await start({ CLERK_SECRET_KEY: clerk.secretKey, CLERK_API_URL: clerk.url, CLERK_JWT_KEY });
    assert.doesNotMatch(child.output, /task_board:/);
  });

  test(`does not start with the PEM of another instance, ${what}`, { timeout: 20_000 }, async () => {
    const { secretKey, url } = otherClerk;
    const environment = { CLERK_SECRET_KEY: secretKey, CLERK_API_URL: url, CLERK_JWT_KEY };
    await refused(environment, /CLERK_JWT_KEY and CLERK_SECRET_KEY are of different instances/);
  });
}

const gone = await unreachableUrl();
for (const [what, environment, backend, frontend] of [
  ["the Backend API cannot be reached", { CLERK_API_URL: gone }],
  ["the Backend API cannot be reached, nor is it needed for keys", { CLERK_API_URL: gone, CLERK_JWT_KEY: pem }],
  ["the Frontend API cannot be reached", { CLERK_PROXY_URL: gone }],
  ["the Backend API fails", {}, { status: 500 }],
  ["the Frontend API fails", {}, undefined, { status: 503 }],
  ["the Frontend API does not know the instance", {}, undefined, { status: 404 }],
  ["the Frontend API wants a key", {}, undefined, { status: 401 }],
  ["the Backend API is slow", {}, hanging],
  ["the Frontend API is slow", {}, undefined, hanging],
  ["the keys are no JSON", {}, { body: "<html>" }],
  ["the keys are none", {}, { body: { keys: [{}, 1, { kid: 1 }] } }],
  ["the keys are no list", {}, { body: { keys: "ins_1" } }],
  ["there are no keys", {}, undefined, { body: [] }],
]) {
  test(`starts with one warning while ${what}`, { timeout: 20_000 }, async () => {
    backendAnswer = backend ?? backendAnswer;
    frontendAnswer = frontend ?? frontendAnswer;
    const begun = performance.now();
    const { child } = await start({ ...production, ...environment });
    assert.ok(performance.now() - begun < 5000, "it waits for 3 s at most");
    const warnings = child.lines.filter((line) => line.startsWith("task_board:"));
    assert.equal(warnings.length, 1, child.output);
    assert.match(warnings[0], /^task_board: Clerk's keys could not be checked: /);
  });
}
