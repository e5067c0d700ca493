// task_board with a fake Clerk and a fake Liveblocks, for tests of its responses and its requests.

import { after } from "node:test";

import { Processes } from "../../peers/lib/processes.mjs";
import { FakeClerk } from "./fake_clerk.mjs";
import { send, StubServer } from "./http.mjs";
import { startTaskBoard } from "./task_board.mjs";

const LIVEBLOCKS_KEY = "sk_test_e2e";

export class Fixture {
  processes = new Processes();
  granted = { body: { token: "header.payload.signature" } };
  /** The response of Liveblocks. */
  liveblocksAnswer = this.granted;
  liveblocks = new StubServer(() => this.liveblocksAnswer);
  clerk = new FakeClerk(this.processes);

  /** `environment` is added to a complete one; undefined removes a variable. */
  async start(environment = {}) {
    await Promise.all([this.clerk.start(), this.liveblocks.start()]);
    await this.clerk.addUser({ id: "user_ada", first_name: "Ada", last_name: "Lovelace", image_url: "https://img.clerk.com/ada" });
    const given = typeof environment === "function" ? environment(this) : environment;
    const complete = {
      LIVEBLOCKS_SECRET_KEY: LIVEBLOCKS_KEY,
      LIVEBLOCKS_BASE_URL: this.liveblocks.url,
      CLERK_JWT_KEY: this.clerk.pem,
      CLERK_SECRET_KEY: this.clerk.secretKey,
      CLERK_API_URL: this.clerk.url,
    };
    this.taskBoard = await startTaskBoard(this.processes, { ...complete, ...given });
    return this;
  }

  /** Returns a session token like those of pages of task_board; `claims` as for the fake Clerk. */
  session(userId, claims = {}) {
    return this.clerk.token(userId, { azp: this.taskBoard.url, ...claims });
  }

  async stop() {
    await this.processes.close();
    await this.liveblocks.stop();
  }

  async reset() {
    this.liveblocksAnswer = this.granted;
    this.liveblocks.requests.length = 0;
    await this.clerk.forget();
  }

  /** Requests a room with a token or its promise; a body that is a string is sent unchanged. */
  async ask(body, sessionToken, more = {}) {
    const token = await sessionToken;
    const headers = { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return send(this.taskBoard.endpoint, { method: "POST", body: text, ...more, headers: { ...headers, ...more.headers } });
  }

  /** The parsed requests to Liveblocks. */
  get asked() {
    return this.liveblocks.requests.map(({ body }) => JSON.parse(body));
  }
}

/** Starts a fixture for one test and stops it after it. */
export async function fixtureFor(t, environment) {
  const fixture = new Fixture();
  t.after(() => fixture.stop());
  return fixture.start(environment);
}

/** Starts a fixture for the tests of a file. */
export async function sharedFixture(environment) {
  const fixture = new Fixture();
  after(() => fixture.stop());
  return fixture.start(environment);
}
