// What Clerk's own SDK makes of a line of inspect_request. There is no network: its fetch() is answered from the line.

import { peer } from "../../peers/lib/peers.mjs";

let current;

process.env.CLERK_TELEMETRY_DISABLED = "1";
globalThis.fetch = async (url, { method = "GET" } = {}) => {
  const { pathname, search } = new URL(url);
  const { backend = [], options } = current;
  const isAsked = (answer) => answer.method === method && answer.path === pathname + search;
  const answers = options.jwks ? [{ method: "GET", path: "/v1/jwks", status: 200, body: options.jwks }, ...backend] : backend;
  const answer = answers.find(isAsked);
  if (!answer) throw new TypeError("fetch failed");
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { "content-type": "application/json" } });
};
const { createClerkClient } = await peer("@clerk/backend");
const { verifyMachineAuthToken } = await peer("@clerk/backend/internal");
// It waits between attempts to fetch keys.
globalThis.setTimeout = (callback, _milliseconds, ...args) => setImmediate(callback, ...args);

const clients = new Map();

/** {status, reason, message, headers, auth}, as a line of output has them; of an exception the status "error" alone. */
export async function askVendor(line) {
  const restore = freeze(line.now);
  current = line;
  try {
    const { jwks, trustForwardedHeaders, treatPendingAsSignedOut, ...given } = line.options;
    const options = { ...given, issuer: given.issuer?.length ? given.issuer : issuersOf(line) };
    const state = await clientFor(options).authenticateRequest(toRequest(line), freshKeys(options));
    const auth = describe(state, { treatPendingAsSignedOut });
    if (auth?.tokenType === "oauth_token") auth.act = await actorOf(state.token, options);
    return {
      status: state.status,
      reason: state.reason || null,
      message: state.message,
      headers: [...state.headers],
      auth,
    };
  } catch (error) {
    return { status: "error", reason: null, message: error.message, headers: [], auth: null };
  } finally {
    restore();
  }
}

/** What `iss` may be, for the vendor derives nothing by itself: what a publishable key and the other options tell. */
function issuersOf({ options, url }) {
  const { publishableKey = "", isSatellite, domain, proxyUrl } = options;
  const host = Buffer.from(publishableKey.slice(8), "base64").toString().replace(/[$]$/, "");
  const issuers = [`https://${host}`];
  if (isSatellite && domain && publishableKey.startsWith("pk_live_")) issuers.push(`https://clerk.${domain}`);
  if (proxyUrl) issuers.push(new URL(proxyUrl, url).href.replace(/[/]+$/, ""));
  return issuers;
}

/** It stands in the token, not in the auth object. */
async function actorOf(token, options) {
  const { data } = await verifyMachineAuthToken(token, freshKeys(options));
  return data?.act ?? null;
}

function clientFor({ publishableKey, secretKey }) {
  const id = `${publishableKey} ${secretKey}`;
  if (!clients.has(id)) clients.set(id, createClerkClient({ publishableKey, secretKey }));
  return clients.get(id);
}

let fetches = 0;

/** Keys of former fetches are kept by the secret key they were fetched with. */
function freshKeys({ jwtKey, secretKey, ...options }) {
  return { ...options, jwtKey, secretKey: jwtKey || !secretKey ? secretKey : `${secretKey}_${++fetches}` };
}

/** Stops the clock and silences the console; returns what undoes it. */
function freeze(now) {
  const { now: clock } = Date;
  const { log, warn, error } = console;
  Date.now = () => now;
  console.log = console.warn = console.error = () => {};
  return () => {
    Date.now = clock;
    Object.assign(console, { log, warn, error });
  };
}

function toRequest({ method, url, headers }) {
  const list = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return new Request(url, { method, headers: list });
}

const SESSION = ["userId", "sessionId", "sessionStatus", "orgId", "orgRole", "orgSlug", "orgPermissions", "actor", "factorVerificationAge"];
const MACHINE = ["id", "subject", "scopes", "name", "clientId", "claims", "act", "userId", "orgId", "machineId"];

function describe(state, options) {
  let auth;
  try {
    auth = state.toAuth(options);
  } catch {
    return "exception";
  }
  if (!auth?.isAuthenticated) return null;
  const names = auth.tokenType === "session_token" ? SESSION : MACHINE;
  return Object.fromEntries(["tokenType", ...names].map((name) => [name, auth[name] ?? null]));
}
