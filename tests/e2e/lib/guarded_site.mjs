// People in a real browser who visit guarded_site --demo.

import { after } from "node:test";

import { Processes } from "../../peers/lib/processes.mjs";
import { launchBrowser } from "./browser.mjs";

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

/** A new browser profile; remembers where its pages were sent, and what it complained about. */
export class Visit {
  paths = [];
  complaints = [];

  static async begin(t, url, options) {
    const visit = new Visit();
    visit.url = url;
    visit.context = await browser.newContext(options);
    t.after(() => visit.context.close());
    await visit.context.exposeFunction("complain", (text) => visit.complaints.push(text));
    await visit.context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        complain(`${violatedDirective} ${blockedURI}`),
      );
    });
    visit.page = await visit.newPage();
    return visit;
  }

  /** Of somebody who signs in on the way to the page. */
  static async signedIn(t, url, name, path = "/dashboard") {
    const visit = await Visit.begin(t, url);
    await visit.go(path);
    await visit.choose(name);
    await signOutButton(visit.page).waitFor();
    visit.paths.length = 0;
    return visit;
  }

  async newPage() {
    const page = await this.context.newPage();
    page.on("request", (request) => request.isNavigationRequest() && this.paths.push(new URL(request.url()).pathname));
    page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(error.message));
    return page;
  }

  go(path, page = this.page) {
    return page.goto(this.url + path);
  }

  /** Chooses a person on the sign-in page. */
  async choose(name, page = this.page) {
    await heading(page, "Sign in");
    await page.getByRole("button", { name }).click();
  }

  /** The claims of the session in the cookie. */
  async session() {
    const cookies = await this.context.cookies(this.url);
    const token = cookies.find(({ name }) => name === "__session").value;
    return JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  }

  /** Waits until the session that is in the cookie now counts no more. */
  async outlastSession() {
    const { exp } = await this.session();
    const toleranceSeconds = 5;
    await until(() => Date.now() / 1000 > exp + toleranceSeconds + 1);
    this.paths.length = 0;
  }
}

export const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();
export const text = (page, words) => page.getByText(words).waitFor();
export const signOutButton = (page) => page.getByRole("button", { name: "Sign out" });

export async function until(condition, milliseconds = 60_000) {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`did not come true within ${milliseconds} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
