// A real browser for the tests of a file.

import { peer } from "../../peers/lib/peers.mjs";

const { chromium } = await peer("playwright-core");

/** The browser ends with `processes`, and only connects to this machine. `args` are further switches of Chromium. */
export async function launchBrowser(processes, args = []) {
  process.env.TMPDIR = processes.folder; // For the browser's profile.
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: [
      "--disable-gpu",
      // Clerk's SDK treats a browser that is controlled by a program as offline as soon as a request fails.
      "--disable-blink-features=AutomationControlled",
      // Without this rule Chromium sends requests to name servers outside of this machine.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ...args,
    ],
  });
  processes.atEnd(() => browser.close());
  return browser;
}

/** Opens a browser profile that ends with the test `t`. If the test fails, it tells what the pages of the profile show. */
export async function newProfile(t, browser, options) {
  const context = await browser.newContext(options);
  const complaints = [];
  context.on("console", (message) => message.type() === "error" && complaints.push(`console: ${message.text()}`));
  context.on("weberror", (error) => complaints.push(`error: ${error.error().message}`));
  context.on("requestfailed", (request) => complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  t.after(async () => {
    if (t.passed === false) {
      for (const page of context.pages()) t.diagnostic(await shown(page));
      for (const complaint of complaints) t.diagnostic(complaint);
    }
    await context.close();
  });
  return context;
}

/** The address of a page and its text, in one line. */
async function shown(page) {
  const words = await page.innerText("body").catch((error) => error.message);
  return `${page.url()} shows: ${words.replaceAll(/\s+/g, " ")}`;
}

/**
 * Has the pages of a context store the cookies that their scripts set when they are read, or when the page has been left: as
 * late as Chromium, which stores them in the background, does on a busy machine.
 */
export function storeCookiesLate(context) {
  return context.addInitScript(() => {
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
    const late = [];
    const store = () => late.splice(0).forEach((cookie) => set.call(document, cookie));
    Object.defineProperty(document, "cookie", {
      get: () => (store(), get.call(document)),
      set: (cookie) => late.push(cookie),
    });
    addEventListener("pagehide", store);
  });
}

/** Gives the focus to one page of a context at a time, like tabs; otherwise each page has it. */
export async function focusOneAtATime(...pages) {
  for (const page of pages) {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  }
}
