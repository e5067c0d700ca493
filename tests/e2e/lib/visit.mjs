import { claimsOf } from "./claims.mjs";

/** A browser profile in which somebody visits a site, with the errors of its pages. */
export class Visit {
  /** Violations of the Content-Security-Policy, as the browser describes them. */
  violations = [];
  /** Uncaught errors of scripts. */
  errors = [];

  /** Opens a first tab, which is empty without a URL. */
  static async in(context, url) {
    const visit = new this();
    visit.context = context;
    context.setDefaultTimeout(120_000); // Machines that test are busy.
    await context.exposeBinding("reportViolation", (_, text) => visit.violations.push(text));
    await context.addInitScript(() =>
      addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
        window.reportViolation(`${effectiveDirective} ${blockedURI}`),
      ),
    );
    context.on("weberror", (error) => visit.errors.push(error.error().message));
    visit.page = await visit.newTab(url);
    return visit;
  }

  async newTab(url) {
    const page = await this.context.newPage();
    if (url) await page.goto(url);
    return page;
  }

  /** The claims of the session token in the cookie, or null without one. */
  async sessionClaims() {
    const cookies = await this.context.cookies();
    const cookie = cookies.find(({ name }) => name === "__session");
    return cookie ? claimsOf(cookie.value) : null;
  }
}
