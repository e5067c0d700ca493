// People in a real browser who visit guarded_site --demo.

import { after } from "node:test";

import { Processes } from "../../peers/lib/processes.mjs";
import { launchBrowser, newProfile } from "./browser.mjs";
import { until } from "./until.mjs";
import { Visit } from "./visit.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());
const browser = await launchBrowser(processes);

export const HANDSHAKE = "/__clerk/v1/client/handshake";

/** The requests that a handshake adds before a page, for each kind of instance. */
export const KINDS = [
  // The result is in the URL, and is removed from it; a new browser needs a handshake, too.
  { kind: "development", handshake: (path) => [HANDSHAKE, path, path], firstVisit: (path) => [HANDSHAKE, path, path] },
  // The result is in a cookie.
  { kind: "production", handshake: (path) => [HANDSHAKE, path], firstVisit: () => [] },
];

/** Starts a site, and returns its URL. */
export async function startSite(environment = {}) {
  const env = { PATH: process.env.PATH, ...environment };
  const child = processes.start("guarded_site", program, ["--demo"], { env });
  const [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  return url;
}

/** Somebody in a new browser profile, with the paths of the pages. */
export class SiteVisit extends Visit {
  paths = [];
  consoleErrors = [];

  static async begin(t, url, options) {
    const context = await newProfile(t, browser, options);
    const visit = await SiteVisit.in(context);
    visit.url = url;
    context.on("request", (request) => request.isNavigationRequest() && visit.paths.push(new URL(request.url()).pathname));
    context.on("console", (message) => message.type() === "error" && visit.consoleErrors.push(message.text()));
    return visit;
  }

  /** Visits the page as somebody who signs in first. */
  static async signedIn(t, url, name, path = "/dashboard") {
    const visit = await SiteVisit.begin(t, url);
    await visit.go(path);
    await visit.choose(name);
    await signOutButton(visit.page).waitFor();
    visit.paths.length = 0;
    return visit;
  }

  /** Everything that the browser reported as an error. */
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

  /** Waits until the session in the current cookie has expired. */
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
