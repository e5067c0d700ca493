// Where task_board gets Clerk's keys and users from, by its environment.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fixtureFor } from "./lib/fixture.mjs";
import { unreachableUrl } from "./lib/http.mjs";

test("without CLERK_JWT_KEY the keys come from the Backend API, once", async (t) => {
  const fixture = await fixtureFor(t, { CLERK_JWT_KEY: undefined });
  await fixture.reset(); // Start-up looks at the keys, too.
  const token = await fixture.session("user_ada");
  assert.equal((await fixture.ask({ room: "1" }, token)).status, 200);
  assert.equal((await fixture.ask({ room: "1" }, token)).status, 200);

  const requests = await fixture.clerk.requests();
  const paths = requests.map(({ path }) => path);
  assert.equal(paths.filter((path) => path.endsWith("/jwks")).length, 1);
  assert.ok(requests.every(({ headers }) => headers.Authorization === `Bearer ${fixture.clerk.secretKey}`));
});

test("when the keys cannot be had entry is unavailable, not refused", { timeout: 30_000 }, async (t) => {
  const gone = await unreachableUrl();
  const fixture = await fixtureFor(t, { CLERK_JWT_KEY: undefined, CLERK_API_URL: gone });
  const answer = await fixture.ask({ room: "1" }, fixture.session("user_ada"));
  assert.equal(answer.status, 503);
  assert.equal(JSON.parse(answer.body).error, "unavailable");
});

test("when Liveblocks cannot be reached entry is unavailable", { timeout: 30_000 }, async (t) => {
  const fixture = await fixtureFor(t, { LIVEBLOCKS_BASE_URL: await unreachableUrl() });
  assert.equal((await fixture.ask({ room: "1" }, fixture.session("user_ada"))).status, 503);
});

test("when Clerk's users cannot be reached the id stands for the name", { timeout: 30_000 }, async (t) => {
  const fixture = await fixtureFor(t, { CLERK_API_URL: await unreachableUrl() });
  assert.equal((await fixture.ask({ room: "1" }, fixture.session("user_ada"))).status, 200);
  assert.equal(fixture.asked[0].userInfo.name, "user_ada");
});

test("without a secret key nobody is looked up, and the id stands for the name", async (t) => {
  const fixture = await fixtureFor(t, { CLERK_SECRET_KEY: undefined });
  assert.equal((await fixture.ask({ room: "1" }, fixture.session("user_ada"))).status, 200);
  assert.equal(fixture.asked[0].userInfo.name, "user_ada");
  assert.deepEqual(await fixture.clerk.requests(), []);
});

test("without authorized parties only sessions of the public origin are good", async (t) => {
  const origin = "https://tasks.e2e.example";
  const fixture = await fixtureFor(t, { PUBLIC_ORIGIN: origin });
  const status = async (claims) => (await fixture.ask({ room: "1" }, fixture.clerk.token("user_ada", claims))).status;
  assert.equal(await status({ azp: origin }), 200);
  for (const claims of [{}, { azp: "https://other.example" }, { azp: fixture.taskBoard.url }]) {
    assert.equal(await status(claims), 401);
  }
});

test("without a secret key the log says that people go by their ids", async (t) => {
  const fixture = await fixtureFor(t, { CLERK_SECRET_KEY: undefined });
  assert.equal(fixture.taskBoard.child.output.match(/secret key/g)?.length, 1, fixture.taskBoard.child.output);
});
