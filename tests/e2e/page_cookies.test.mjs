// The guard interprets the cookies of Clerk's browser SDK like Clerk's own backend SDK.
// Usage: node page_cookies.test.mjs <task_board> <fake_clerk> [development|production]

import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { after, before, test } from "node:test";

import { peer } from "../peers/lib/peers.mjs";
import { Processes } from "../peers/lib/processes.mjs";
import { choose, signedOut, startBoard } from "./lib/board_page.mjs";
import { until } from "./lib/until.mjs";

const { createClerkClient } = await peer("@clerk/backend");
const [, , , , instance = "development"] = process.argv;
const processes = new Processes();
let site;

before(async () => {
  site = await startBoard(processes, { instance, tokenSeconds: 10 });
});

after(() => processes.close());

const getJson = async (path) => (await fetch(site.url + path)).json();

/** Requests the page like a browser with its cookies. */
async function asPage({ context }) {
  const cookies = await context.cookies(site.url);
  return {
    Accept: "text/html",
    "Sec-Fetch-Dest": "document",
    Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
  };
}

async function backendStatus(headers) {
  const { publishableKey, proxyUrl } = await getJson("/api/config");
  const { keys } = await getJson(`${proxyUrl}/.well-known/jwks.json`);
  const jwtKey = createPublicKey({ key: keys[0], format: "jwk" }).export({ type: "spki", format: "pem" });
  const telemetry = { disabled: true };
  const clerk = createClerkClient({ publishableKey, secretKey: "sk_test_unused", jwtKey, telemetry });
  const state = await clerk.authenticateRequest(new Request(site.url, { headers }), {
    proxyUrl: site.url + proxyUrl,
    authorizedParties: [site.url],
  });
  return state.status;
}

async function guardStatus(headers) {
  const { status } = await fetch(site.url, { headers, redirect: "manual" });
  return status === 200 ? "signed-in" : status;
}

async function bothSay(visit, expected) {
  const headers = await asPage(visit);
  assert.deepEqual([await backendStatus(headers), await guardStatus(headers)], expected);
}

test(`cookies of a ${instance} instance: signed in, renewed, signed out`, { timeout: 200_000 }, async (t) => {
  const visit = await site.signIn(t, /Ada Lovelace/);
  await bothSay(visit, ["signed-in", "signed-in"]);

  const { iat } = await visit.sessionClaims();
  await until(async () => (await visit.sessionClaims()).iat > iat);
  await bothSay(visit, ["signed-in", "signed-in"]);

  await choose(visit.page, "Sign out");
  await signedOut(visit.page).waitFor();
  await bothSay(visit, ["signed-out", 307]);
});
