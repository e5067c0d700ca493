// From where task_board gets Clerk's keys and users, depending on its environment.

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

test("while the keys cannot be fetched, entry is unavailable, not refused", { timeout: 30_000 }, async (t) => {
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

for (const [where, CLERK_PROXY_URL] of [["at a path", "/__clerk/"], ["elsewhere", "https://tasks.e2e.example/__clerk"]]) {
  test(`behind a proxy ${where} sessions are good that it issues, and those of Clerk's own host`, async (t) => {
    const origin = "https://tasks.e2e.example";
    const fixture = await fixtureFor(t, ({ clerk }) => ({
      CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
      CLERK_SECRET_KEY: undefined,
      CLERK_PROXY_URL,
      PUBLIC_ORIGIN: origin,
    }));
    const status = async (iss) => {
      const token = fixture.clerk.token("user_ada", { azp: origin, iss });
      return (await fixture.ask({ room: "1" }, token)).status;
    };
    assert.equal(await status(`${origin}/__clerk`), 200);
    assert.equal(await status("https://clerk.e2e.example"), 200);
    for (const iss of [origin, `${origin}/__clerk/`, "https://clerk.other.example"]) assert.equal(await status(iss), 401);
  });
}

test("the log says why somebody was refused where it is asked to, and else nothing", async (t) => {
  for (const [LOG_LEVEL, lines] of [["info", 1], ["warning", 0], ["", 0]]) {
    const fixture = await fixtureFor(t, { LOG_LEVEL });
    await fixture.ask({ room: "1" }, fixture.session("user_ada", { azp: "https://other.example" }));
    await fixture.taskBoard.child.stop();
    const { output } = fixture.taskBoard.child;
    assert.equal(output.match(/not identified: .*party/g)?.length ?? 0, lines, output);
  }
});

test("without a secret key the log says that people go by their ids", async (t) => {
  const fixture = await fixtureFor(t, { CLERK_SECRET_KEY: undefined });
  assert.equal(fixture.taskBoard.child.output.match(/secret key/g)?.length, 1, fixture.taskBoard.child.output);
});
