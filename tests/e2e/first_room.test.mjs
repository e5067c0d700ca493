// The tutorial: its project is built against the installed library, its page is bundled, and two people meet in its room. Clerk is
// local, Liveblocks its dev server. Usage: node first_room.test.mjs <build folder> <fake_clerk> <folder with node_modules> <cmake>

import assert from "node:assert/strict";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startDevServer } from "../peers/lib/dev_server.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { launchBrowser, newProfile } from "./lib/browser.mjs";
import { FakeClerk } from "./lib/fake_clerk.mjs";
import { freePort } from "./lib/http.mjs";
import { signInAtPortal } from "./lib/portal.mjs";

const [buildFolder, , packages, cmake] = process.argv.slice(2);
const processes = new Processes();
const project = join(processes.folder, "first_room");
after(() => processes.close());

/** Runs a command in the folder of the project to its end. */
async function run(command, ...args) {
  const child = processes.start(command, command, args, { cwd: project });
  assert.deepEqual(await child.exited, { code: 0, signal: null }, child.output);
}

async function buildProject() {
  cpSync(fileURLToPath(new URL("../../examples/first_room/project", import.meta.url)), project, { recursive: true });
  symlinkSync(join(packages, "node_modules"), join(project, "node_modules"));
  const prefix = join(processes.folder, "prefix");
  await run(cmake, "--install", buildFolder, "--prefix", prefix);
  await run(cmake, "-S", ".", "-B", "build", `-DCMAKE_PREFIX_PATH=${prefix}`);
  await run(cmake, "--build", "build");
  const options = ["--bundle", "--minify", "--format=esm", "--outfile=page/main.js"];
  await run(join(project, "node_modules/.bin/esbuild"), "web/main.js", ...options);
}

/** Starts the program with the environment that its page needs. */
async function startSite() {
  const liveblocks = await startDevServer(processes);
  const clerk = await new FakeClerk(processes).start("calm-owl-7.clerk.accounts.dev");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await clerk.servePages(url, 60);
  await clerk.addUser({ id: "user_ann", first_name: "Ann", last_name: "Lee" });
  await clerk.addUser({ id: "user_bob", first_name: "Bob", last_name: "Ray" });
  const child = processes.start("first_room", join(project, "build/first_room"), [], {
    cwd: project,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      ORIGIN: url,
      CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
      CLERK_SECRET_KEY: clerk.secretKey,
      CLERK_API_URL: clerk.url,
      CLERK_PROXY_URL: clerk.proxyUrl,
      LIVEBLOCKS_SECRET_KEY: liveblocks.secretKey,
      LIVEBLOCKS_BASE_URL: liveblocks.url,
    },
  });
  await child.match(/^open: http/);
  return { clerk, url };
}

let browser;
let site;

before(async () => {
  await buildProject();
  [browser, site] = await Promise.all([launchBrowser(processes), startSite()]);
});

async function visit(t, userId) {
  const context = await newProfile(t, browser);
  context.setDefaultTimeout(60_000);
  const query = userId ? await signInAtPortal(site, context, userId) : "";
  const page = await context.newPage();
  await page.goto(`${site.url}/${query}`);
  return page;
}

const others = (page) => page.getByRole("list", { name: "Others in the room" });

test("two people who are signed in meet, and see where the other points", { timeout: 200_000 }, async (t) => {
  const ann = await visit(t, "user_ann");
  await ann.getByText("You are Ann Lee.").waitFor();
  const bob = await visit(t, "user_bob");
  await others(ann).getByText("Bob Ray").first().waitFor();
  await others(bob).getByText("Ann Lee").first().waitFor();
  await bob.mouse.move(200, 300);
  await ann.locator(".cursor").filter({ hasText: "Bob Ray" }).waitFor();

  await bob.getByRole("button", { name: "Sign out" }).click();
  await bob.getByText("You are signed out.").waitFor();
  await others(ann).getByText("Bob Ray").first().waitFor({ state: "detached" });
});

test("who is not signed in is led to the sign-in page and back, and gets no token", { timeout: 200_000 }, async (t) => {
  const page = await visit(t);
  await page.getByRole("button", { name: "Sign in" }).click();
  // The local instance names no sign-in page, so Clerk's SDK stays here.
  await page.waitForURL((at) => at.href.includes(`redirect_url=${encodeURIComponent(`${site.url}/`)}`));

  const ask = (headers) =>
    fetch(`${site.url}/api/liveblocks-auth`, { method: "POST", headers, body: '{"room":"first-room"}' });
  assert.equal((await ask({})).status, 401);
  const elsewhere = await site.clerk.token("user_ann", { azp: "https://elsewhere.example" });
  assert.equal((await ask({ Authorization: `Bearer ${elsewhere}` })).status, 401);
});

test("another room is refused", { timeout: 200_000 }, async () => {
  const token = await site.clerk.token("user_ann", { azp: site.url });
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${site.url}/api/liveblocks-auth`, { method: "POST", headers, body: '{"room":"other"}' });
  assert.deepEqual([answer.status, (await answer.json()).reason], [403, "There is no such room"]);
});
