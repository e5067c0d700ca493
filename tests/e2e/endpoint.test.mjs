// POST /api/liveblocks-auth of task_board: the response to each request, and the requests to Liveblocks.

import assert from "node:assert/strict";
import { Agent } from "node:http";
import { beforeEach, test } from "node:test";

import { FakeClerk } from "./lib/fake_clerk.mjs";
import { sharedFixture } from "./lib/fixture.mjs";
import { send } from "./lib/http.mjs";

const LIMIT = 64 * 1024;

const fixture = await sharedFixture(({ clerk }) => ({ CLERK_AUTHORIZED_PARTIES: `${clerk.url}, https://app.example` }));
const { clerk } = fixture;
const party = { azp: "https://app.example" };
const ada = (claims) => clerk.token("user_ada", { ...party, ...claims });
const inAcme = { o: { id: "org_acme", rol: "member", slg: "acme" } };

const assertAnswer = (answer, status, error) => {
  assert.equal(answer.status, status, answer.body);
  assert.equal(answer.headers["content-type"], "application/json");
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.equal(JSON.parse(answer.body).error, error);
};

beforeEach(() => fixture.reset());

test("the owner of a task gets the answer of Liveblocks as it is", async () => {
  const answer = await fixture.ask({ room: "1" }, ada());
  assertAnswer(answer, 200, undefined);
  assert.equal(answer.body, '{"token":"header.payload.signature"}');
});

test("Liveblocks is asked for that room, as that user, with the profile Clerk has", async () => {
  await fixture.ask({ room: "1" }, ada());
  assert.deepEqual(fixture.asked, [
    {
      userId: "user_ada",
      permissions: { 1: ["*:write"] },
      userInfo: { name: "Ada Lovelace", avatar: "https://img.clerk.com/ada" },
    },
  ]);
  const [{ method, path, headers }] = fixture.liveblocks.requests;
  assert.deepEqual([method, path, headers.authorization], ["POST", "/v2/authorize-user", "Bearer sk_test_e2e"]);
});

test("a task of the active organization is open to its members", async () => {
  assertAnswer(await fixture.ask({ room: "3" }, ada(inAcme)), 200, undefined);
});

for (const [what, lobby, claims] of [
  ["a user", "board:user_ada", {}],
  ["the active organization", "board:org_acme", inAcme],
]) {
  test(`the lobby of ${what} is open to those whose board it is`, async () => {
    assertAnswer(await fixture.ask({ room: lobby }, ada(claims)), 200, undefined);
    assert.deepEqual(fixture.asked[0].permissions, { [lobby]: ["*:write"] });
  });
}

test("the session cookie does as well as the header", async () => {
  const answer = await fixture.ask({ room: "1" }, undefined, { headers: { Cookie: `a=b; __session=${await ada()}` } });
  assertAnswer(answer, 200, undefined);
});

test("a bad header is not rescued by a good cookie", async () => {
  const answer = await fixture.ask({ room: "1" }, "a.b.c", { headers: { Cookie: `__session=${await ada()}` } });
  assertAnswer(answer, 401, "unauthorized");
});

for (const [what, room, claims] of [
  ["a task of somebody else", "5", {}],
  ["a task of a colleague", "2", inAcme],
  ["a task of an organization that is not active", "3", {}],
  ["a task that is missing", "99", {}],
  ["leading zero", "01", {}],
  ["leading space", " 1", {}],
  ["trailing space", "1 ", {}],
  ["decimal point", "1.0", {}],
  ["exponent", "1e0", {}],
  ["plus sign", "+1", {}],
  ["negative zero", "-0", {}],
  ["hexadecimal", "0x1", {}],
  ["a number beyond 64 bits", "9223372036854775808", {}],
  ["the largest id", "9223372036854775807", {}],
  ["a wildcard", "*", {}],
  ["a pattern that covers task 1", "1*", {}],
  ["an embedded NUL", "1\0", {}],
  ["other digits", "١", {}],
  ["an empty name", "", {}],
  ["the lobby of somebody else", "board:user_grace", {}],
  ["the lobby of an organization that is not active", "board:org_acme", {}],
  ["the lobby of another organization than the active one", "board:org_analytical", inAcme],
  ["the personal lobby while an organization is active", "board:user_ada", inAcme],
  ["a beginning of the lobby", "board:org_acm", inAcme],
  ["a lobby with something behind it", "board:org_acme2", inAcme],
  ["a lobby with something in front of it", "my-board:org_acme", inAcme],
  ["a lobby in upper case", "BOARD:org_acme", inAcme],
  ["a lobby with a space", "board: org_acme", inAcme],
  ["a lobby of nobody", "board:", inAcme],
  ["a pattern that covers lobbies", "board:*", inAcme],
  ["the owner without the lobby", "org_acme", inAcme],
]) {
  test(`refused without asking Liveblocks: ${what} (${JSON.stringify(room)})`, async () => {
    const answer = await fixture.ask({ room }, ada(claims));
    assertAnswer(answer, 403, "forbidden");
    assert.equal(typeof JSON.parse(answer.body).reason, "string");
    assert.deepEqual(fixture.asked, []);
  });
}

for (const body of ["{}", '{"room":null}', '{"userId":"user_ada"}']) {
  test(`a request for no room is refused without asking Liveblocks: ${body}`, async () => {
    assertAnswer(await fixture.ask(body, ada()), 403, "forbidden");
    assert.deepEqual(fixture.asked, []);
  });
}

test("further members of the body are taken, and change nothing that the session says", async () => {
  const answer = await fixture.ask({ userId: "user_grace", room: "1", plan: { name: "pro", seats: [1, 2] }, token: null }, ada());
  assertAnswer(answer, 200, undefined);
  assert.equal(fixture.asked[0].userId, "user_ada");
});

const doubled = '{"room":"1","room":"5"}';
for (const body of ["", "{", "[]", '"1"', "null", "1", '{"room":1}', '{"room":["1"]}', '{"room":"1"} x', doubled]) {
  test(`no request for a room: ${JSON.stringify(body)}`, async () => {
    const answer = await fixture.ask(body, ada());
    assert.equal(answer.status, 400, answer.body);
    assert.deepEqual(fixture.asked, []);
  });
}

const stranger = await new FakeClerk(fixture.processes).start();
for (const [what, token] of [
  ["no session", () => undefined],
  ["text that is no token", () => "nonsense"],
  ["a token that has expired", () => ada({ iat: 1_700_000_000, nbf: 1_700_000_000, exp: 1_700_000_060 })],
  ["a token that is not valid yet", () => ada({ nbf: Math.floor(Date.now() / 1000) + 300 })],
  ["a token signed by another instance", () => stranger.token("user_ada", party)],
  ["a token whose claims were changed", async () => (await ada()).replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"user_x"}').toString("base64url")}.`)],
  ["a session of another web site", () => ada({ azp: "https://evil.example" })],
  ["a session that names no web site", () => clerk.token("user_ada")],
]) {
  test(`unauthorized: ${what}`, async () => {
    assertAnswer(await fixture.ask({ room: "1" }, token()), 401, "unauthorized");
    assert.deepEqual(fixture.asked, []);
  });
}

const padded = (size) => JSON.stringify({ room: "1" }).padEnd(size);

test("a body of 64 KiB is read", async () => {
  assertAnswer(await fixture.ask(padded(LIMIT), ada()), 200, undefined);
});

test("a body above 64 KiB is too large", async () => {
  assert.equal((await fixture.ask(padded(LIMIT + 1), ada())).status, 413);
  assert.deepEqual(fixture.asked, []);
});

for (const [chunked, status] of [[false, 413], [true, 411]]) {
  const what = chunked ? "chunked" : "too large";
  test(`what follows a body that is ${what} is not taken for a request`, async (t) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.after(() => agent.destroy());
    const hidden = `POST /api/liveblocks-auth HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await ada()}\r\nContent-Length: 12\r\n\r\n{"room":"1"}`;
    assert.equal((await fixture.ask("x".repeat(2 * LIMIT) + hidden, ada(), { chunked, agent })).status, status);
    assertAnswer(await fixture.ask({ room: "5" }, ada(), { agent }), 403, "forbidden");
    assert.deepEqual(fixture.asked, []);
  });
}

for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH"]) {
  test(`${method} is not allowed`, async () => {
    const answer = await send(fixture.taskBoard.endpoint, { method, headers: { Authorization: `Bearer ${await ada()}` } });
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, "POST");
  });
}

for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
  test(`${method} elsewhere is answered without reading its body, and the connection ends`, async () => {
    const answer = await send(`${fixture.taskBoard.url}/api/config`, { method, body: "x".repeat(1024) });
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.connection, "close");
  });
}

test("a long path is not found", async () => {
  assert.equal((await send(fixture.taskBoard.url + "/".padEnd(8000, "a"))).status, 404);
});

for (const [upstream, status, body] of [
  [{ status: 401, body: { error: "INVALID_SECRET_KEY" } }, 503, "unavailable"],
  [{ status: 403, body: { error: "Forbidden", message: "Invalid secret key" } }, 503, "unavailable"],
  [{ status: 500, body: "" }, 503, undefined],
  [{ status: 422, body: { error: "Unprocessable Entity" } }, 422, "Unprocessable Entity"],
]) {
  test(`Liveblocks answers ${upstream.status}, the browser gets ${status}`, { timeout: 15_000 }, async () => {
    fixture.liveblocksAnswer = upstream;
    const answer = await fixture.ask({ room: "1" }, ada());
    assert.equal(answer.status, status);
    if (body !== undefined) assert.equal(JSON.parse(answer.body).error, body);
    assert.doesNotMatch(answer.body, /secret/i);
  });
}

test("with CLERK_JWT_KEY no key is ever fetched", async () => {
  await fixture.ask({ room: "1" }, ada());
  await fixture.ask({ room: "1" }, "a.b.c");
  assert.deepEqual((await clerk.requests()).map(({ path }) => path), ["/v1/users/user_ada"]);
});

test("a user whom Clerk does not know is signed out", async () => {
  assertAnswer(await fixture.ask({ room: "1" }, clerk.token("user_gone", party)), 401, "unauthorized");
});

test("while users cannot be fetched from Clerk, the id is used as the name", { timeout: 15_000 }, async () => {
  await clerk.fail("/v1/users", 500);
  assertAnswer(await fixture.ask({ room: "1" }, ada()), 200, undefined);
  assert.equal(fixture.asked[0].userInfo.name, "user_ada");
});
