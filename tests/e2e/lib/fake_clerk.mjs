// A Clerk instance on loopback: liveblocks::testing::FakeClerk in a process of its own.

const [, , , program] = process.argv;

export class FakeClerk {
  #forgotten = 0;

  constructor(processes) {
    this.processes = processes;
  }

  /** `host` is that of the Frontend API, and determines the kind of the instance. */
  async start(host) {
    const child = this.processes.start("fake_clerk", program, host ? [host] : []);
    const [line] = await child.match(/^\{.*\}$/);
    Object.assign(this, JSON.parse(line));
    return this;
  }

  /** Returns a valid token of `userId`; `claims` are added or replaced. */
  async token(userId, claims = {}) {
    return (await this.#order("POST", "token", { userId, claims })).text();
  }

  /** The members have their names at Clerk; `id` is required. `memberships` are `{ id, role, slug, name }` of organizations. */
  addUser(user) {
    return this.#order("POST", "users", user);
  }

  /** Lets browsers use it with Clerk's SDK, in pages of that origin, at `proxyUrl`. */
  async servePages(pageOrigin, tokenSeconds) {
    await this.#order("POST", "frontend_api", { pageOrigin, tokenSeconds });
    this.proxyUrl = `${this.url}/__clerk`;
  }

  /** Returns a ticket that signs a user in at the Frontend API, once. */
  async ticket(userId) {
    return (await this.#send("POST", "tickets", userId)).text();
  }

  /** Responds to requests whose path begins so with that status, until `forget()`. */
  fail(path, status) {
    return this.#order("POST", "faults", { path, status, times: 1_000_000 });
  }

  /** Returns the requests since `forget()`. */
  async requests() {
    return (await this.#allRequests()).slice(this.#forgotten);
  }

  async forget() {
    await this.#order("DELETE", "faults");
    this.#forgotten = (await this.#allRequests()).length;
  }

  async #allRequests() {
    return (await this.#order("GET", "requests")).json();
  }

  #order(method, what, order) {
    return this.#send(method, what, order && JSON.stringify(order));
  }

  async #send(method, what, body) {
    const answer = await fetch(`${this.url}/test/${what}`, { method, body });
    if (!answer.ok) throw new Error(`the fake Clerk answered ${answer.status} to ${method} ${what}`);
    return answer;
  }
}
