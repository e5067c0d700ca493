// Somebody who signs in at the local Clerk of a demo without a browser: what its SDK asks, by fetch.

import { send } from "./http.mjs";

/** One browser's client at the Frontend API, with one person signed in. */
export class LocalSession {
  #site;
  #cookies = new Map();
  #devBrowser = "";
  #path;

  /** Signs in by a ticket, as the sign-in page does. */
  static async create(site, userId) {
    const session = new LocalSession();
    session.#site = site;
    await session.#signIn(userId);
    return session;
  }

  /** A session token, fresh with each call; `organizationId` is the active one, null for none. */
  async token(organizationId) {
    const body = organizationId === undefined ? {} : { organization_id: organizationId ?? "" };
    return (await this.#ask(`${this.#path}/tokens`, body)).jwt;
  }

  async #signIn(userId) {
    const { publishableKey } = await (await fetch(`${this.#site}/api/config`)).json();
    if (publishableKey.startsWith("pk_test_")) this.#devBrowser = (await this.#ask("/dev_browser")).id;
    const { ticket } = await this.#post(`/sign-in/tickets/${userId}`);
    const { response } = await this.#ask("/client/sign_ins", { strategy: "ticket", ticket });
    this.#path = `/client/sessions/${response.created_session_id}`;
  }

  #ask(path, form = {}) {
    const query = this.#devBrowser && `?__clerk_db_jwt=${this.#devBrowser}`;
    return this.#post(`/__clerk/v1${path}${query}`, new URLSearchParams(form).toString());
  }

  async #post(path, body) {
    const headers = { Origin: this.#site, Cookie: [...this.#cookies].map((pair) => pair.join("=")).join("; ") };
    if (body !== undefined) headers["Content-Type"] = "application/x-www-form-urlencoded";
    const answer = await send(this.#site + path, { method: "POST", headers, body });
    if (answer.status !== 200) throw new Error(`POST ${path.split("?")[0]} answered ${answer.status}: ${answer.body}`);
    for (const line of answer.headers["set-cookie"] ?? []) this.#keep(line);
    return JSON.parse(answer.body);
  }

  #keep(line) {
    const [pair] = line.split(";");
    this.#cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
  }
}
