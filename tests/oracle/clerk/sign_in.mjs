// Where people are sent to sign in, by a guard and by @clerk/backend's createRedirect(). They may only differ where
// `/tasks` would end up in a query or behind a slash, and where the page is the one that was asked for.
// Usage: node sign_in.mjs <clerk_sign_in_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { peer } from "../../peers/lib/peers.mjs";
import { Random } from "../random.mjs";
import { valuesPrintedBy } from "./program.mjs";

const COUNT = 5000;
const HOSTS = { true: ["foo-bar-13.clerk.accounts.dev", "x.clerk.accountsstage.dev"], false: ["clerk.example.com", "clerk.clerk.org"] };
const ORIGINS = ["https://app.example.com", "http://localhost:3000", "https://sat.org", "https://app.example.com:8443"];
const TARGETS = ["/", "/dash", "/dash?q=1&r=a b", "/d/e/?redirect_url=x#h", "/%20?__clerk_db_jwt=old", "/sign-in", "/\u65e5?\u00e9=+", "/a?__clerk_synced=true"];
const PAGES = ["", "/sign-in", "/sign-in/", "/sign-in?x=1&redirect_url=old", "/a/../b#/x", "https://other.com/login", "https://app.example.com/sign-in",
  "http://app.example.com/sign-in", "https://app.example.com:443/in?a b", "https://other.com?__clerk_db_jwt=x", "/"];

process.env.CLERK_TELEMETRY_DISABLED = "1";
const { createRedirect } = await peer("@clerk/backend/internal");

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const answers = compare(Array.from({ length: COUNT }, makeVisit));
const problems = answers.filter(isProblem);
problems.slice(0, 5).forEach((problem) => console.error(JSON.stringify(problem, null, 2)));
console.log(`${answers.length} visits, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 ? 0 : 1;

function makeVisit() {
  const isDevelopment = random.oneIn(2);
  return {
    request: random.pick(ORIGINS) + random.pick(TARGETS),
    frontendApi: random.pick(HOSTS[isDevelopment]),
    signInUrl: random.pick(PAGES),
    isDevelopment,
    isSatellite: random.oneIn(3),
    isPending: random.oneIn(3),
    devBrowser: random.pick(["", "dvb_1", "a b&c=\u00e9"]),
  };
}

function compare(visits) {
  if (visits.length === 0) return [];
  const ours = valuesPrintedBy(program, [], visits.map((visit) => JSON.stringify(visit)).join("\n"));
  if (ours.length !== visits.length) throw new Error(`${visits.length} visits, ${ours.length} answers`);
  return visits.map((visit, i) => ({ visit, ours: ours[i], theirs: askVendor(visit) }));
}

function askVendor({ request, frontendApi, signInUrl, isDevelopment, isSatellite, isPending, devBrowser }) {
  const baseUrl = new URL(request).href;
  return createRedirect({
    publishableKey: `pk_${isDevelopment ? "test" : "live"}_${btoa(frontendApi + "$")}`,
    redirectAdapter: (url) => url,
    signInUrl,
    baseUrl,
    isSatellite,
    sessionStatus: isPending ? "pending" : "active",
    devBrowserToken: devBrowser,
  }).redirectToSignIn({ returnBackUrl: baseUrl });
}

function isProblem({ visit, ours, theirs }) {
  if (ours === null) return !isSamePage(theirs, visit.request);
  const isMisplaced = visit.isPending && /[?#]|\/$/.test(visit.signInUrl);
  return ours !== theirs && !(isMisplaced && new URL(ours).pathname.endsWith("/tasks"));
}

function isSamePage(one, other) {
  const [a, b] = [new URL(one), new URL(other)];
  return a.origin === b.origin && a.pathname === b.pathname;
}
