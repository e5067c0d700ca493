// People in a real browser who visit guarded_site --demo.

import { after } from "node:test";

import { Processes } from "../../peers/lib/processes.mjs";
import { launchBrowser } from "./browser.mjs";
import { until } from "./until.mjs";
import { Visit } from "./visit.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());
const browser = await launchBrowser(processes);

export const HANDSHAKE = "/__clerk/v1/client/handshake";

/** What a handshake of either kind of instance adds to the way of a browser to a page. */
export const KINDS = [
  // What it brings is in the address, and is taken off it; a new browser needs one, too.
  { kind: "development", handshake: (path) => [HANDSHAKE, path, path], firstVisit: (path) => [HANDSHAKE, path, path] },
  // What it brings is in a cookie.
  { kind: "production", handshake: (path) => [HANDSHAKE, path], firstVisit: () => [] },
];

/** The address of a site of its own. */
export async function startSite(environment = {}) {
  const env = { PATH: process.env.PATH, ...environment };
  const child = processes.start("guarded_site", program, ["--demo"], { env });
  const [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  return url;
}

/** Somebody in a new browser profile, and where its pages were sent. */
export class SiteVisit extends Visit {
  paths = [];
  consoleErrors = [];

  static async begin(t, url, options) {
    const context = await browser.newContext(options);
    t.after(() => context.close());
    const visit = await SiteVisit.in(context);
    visit.url = url;
    context.on("request", (request) => request.isNavigationRequest() && visit.paths.push(new URL(request.url()).pathname));
    context.on("console", (message) => message.type() === "error" && visit.consoleErrors.push(message.text()));
    return visit;
  }

  /** Of somebody who signs in on the way to the page. */
  static async signedIn(t, url, name, path = "/dashboard") {
    const visit = await SiteVisit.begin(t, url);
    await visit.go(path);
    await visit.choose(name);
    await signOutButton(visit.page).waitFor();
    visit.paths.length = 0;
    return visit;
  }

  /** All that the browser found fault with. */
  get complaints() {
    return [...this.violations, ...this.errors, ...this.consoleErrors];
  }

  go(path, page = this.page) {
    return page.goto(this.url + path);
  }

  /** Chooses a person on the sign-in page. */
  async choose(name, page = this.page) {
    await heading(page, "Sign in");
    await page.getByRole("button", { name }).click();
  }

  /** Waits until the session that is in the cookie now counts no more. */
  async outlastSession() {
    const { exp } = await this.sessionClaims();
    const toleranceSeconds = 5;
    await until(() => Date.now() / 1000 > exp + toleranceSeconds + 1);
    this.paths.length = 0;
  }
}

export const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();
export const text = (page, words) => page.getByText(words).waitFor();
export const signOutButton = (page) => page.getByRole("button", { name: "Sign out" });
