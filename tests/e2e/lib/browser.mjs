// A real browser for the tests of a file.

import { peer } from "../../peers/lib/peers.mjs";

const { chromium } = await peer("playwright-core");

/** It ends with `processes`, and reaches nothing but this machine. `args` are further switches of Chromium. */
export async function launchBrowser(processes, args = []) {
  process.env.TMPDIR = processes.folder; // For the browser's profile.
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: [
      "--disable-gpu",
      // Clerk's SDK takes a browser that says that a program steers it for offline as soon as a request fails.
      "--disable-blink-features=AutomationControlled",
      // Without the rule Chromium asks name servers outside of this machine.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ...args,
    ],
  });
  processes.atEnd(() => browser.close());
  return browser;
}

/** Lets pages of a context have the focus one at a time, as tabs have; else each believes that it has it. */
export async function focusOneAtATime(...pages) {
  for (const page of pages) {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  }
}
