// Clerk's Frontend API on loopback: liveblocks::testing::FakeFrontendApi in another process, and browsers that use it.

import { AsyncLocalStorage } from "node:async_hooks";

import { peerFile } from "../../peers/lib/peers.mjs";

const [, , program] = process.argv;

export const PRODUCTION = "clerk.example.com";
export const DEVELOPMENT = "a-b-1.clerk.accounts.dev";

// In Node the browser SDK uses the global `fetch`: it is that of the current browser.
const acting = new AsyncLocalStorage();
const nativeFetch = globalThis.fetch;
globalThis.fetch = (...request) => (acting.getStore() ? acting.getStore().fetch(...request) : nativeFetch(...request));

// The SDK uses it to notify other tabs; in Node it would notify all browsers, and keep the process running.
delete globalThis.BroadcastChannel;

let browserCount = 0;

export class FrontendApi {
  /** `host` is that of the fake instance; `tokenLifetime` is in seconds. */
  async start(processes, { host = PRODUCTION, tokenLifetime = 60, singleSession = false } = {}) {
    const rules = singleSession ? ["single-session"] : [];
    const child = processes.start("frontend_api", program, [host, String(tokenLifetime), ...rules]);
    const [line] = await child.match(/^\{.*\}$/);
    Object.assign(this, JSON.parse(line), { isDevelopment: host === DEVELOPMENT });
    return this;
  }

  /** Returns a ticket that signs that user in, once. */
  async ticket(userId) {
    return (await this.#order("tickets", userId)).text();
  }

  endSessions(userId) {
    return this.#order("end_sessions", userId);
  }

  async #order(what, body) {
    const answer = await fetch(`${this.origin}/test/${what}`, { method: "POST", body });
    if (!answer.ok) throw new Error(`the Frontend API's program answered ${answer.status} to ${what}`);
    return answer;
  }
}

/** Sends cookies and the dev browser like a browser, and does not follow redirects. */
export class Browser {
  cookies = new Map();

  constructor(api) {
    this.api = api;
  }

  async fetch(resource, options = {}) {
    const url = new URL(resource);
    if (this.devBrowser) url.searchParams.set("__clerk_db_jwt", this.devBrowser);
    const headers = new Headers(options.headers);
    headers.set("Cookie", this.cookieHeader);
    const answer = await nativeFetch(url, { ...options, headers, redirect: "manual" });
    answer.headers.getSetCookie().forEach((line) => this.keep(line));
    return answer;
  }

  get cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Stores the cookie of a `Set-Cookie` line. */
  keep(line) {
    const [pair, ...attributes] = line.split("; ");
    const equals = pair.indexOf("=");
    const name = pair.slice(0, equals);
    if (attributes.includes("Max-Age=0")) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(equals + 1));
  }

  /** Loads Clerk's own browser SDK. Each browser has its own module, because the SDK stores its client there. */
  async loadClerk() {
    if (this.api.isDevelopment) await this.#becomeDevBrowser();
    const { Clerk } = await import(`file://${peerFile("@clerk/clerk-js/dist/clerk.no-rhc.mjs")}?${browserCount++}`);
    this.clerk = new Clerk(this.api.publishableKey, { proxyUrl: `${this.api.origin}/__clerk` });
    await this.do((clerk) => clerk.load({ standardBrowser: false, telemetry: false, unsafe_disableDevelopmentModeConsoleWarning: true }));
    return this;
  }

  /** Returns the result of `work(clerk)`, which sends its requests as this browser. */
  do(work) {
    return acting.run(this, () => work(this.clerk));
  }

  /** Signs that user in, and activates the session. Returns its id. */
  async signIn(userId) {
    const ticket = await this.api.ticket(userId);
    return this.do(async (clerk) => {
      const attempt = await clerk.client.signIn.create({ strategy: "ticket", ticket });
      await clerk.setActive({ session: attempt.createdSessionId });
      return attempt.createdSessionId;
    });
  }

  async #becomeDevBrowser() {
    const answer = await fetch(`${this.api.origin}/__clerk/v1/dev_browser`, { method: "POST" });
    this.devBrowser = (await answer.json()).id;
  }
}
