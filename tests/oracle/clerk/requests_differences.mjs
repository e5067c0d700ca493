// Where RequestAuthenticator is meant to differ from authenticateRequest() of @clerk/backend, and why.
// docs/differences.md tells it in prose.

import { isDeepStrictEqual } from "node:util";

import { askVendor } from "./requests_vendor.mjs";

/** What the requests of a run must lead to at Clerk's SDK. */
export const REASONS = [
  "signed-in",
  ...[
    "No token in header",
    "client-uat-but-no-session-token",
    "dev-browser-missing",
    "dev-browser-sync",
    "jwk-kid-mismatch",
    "jwk-remote-failed-to-load",
    "primary-responds-to-syncing",
    "secret-key-invalid",
    "session-token-and-uat-missing",
    "session-token-but-no-client-uat",
    "session-token-expired-refresh-non-eligible-no-refresh-cookie",
    "session-token-expired-refresh-non-eligible-non-get",
    "session-token-iat-before-client-uat",
    "session-token-iat-in-the-future",
    "session-token-missing",
    "session-token-nbf",
    "token-invalid",
    "token-invalid-algorithm",
    "token-invalid-authorized-parties",
    "token-invalid-issuer",
    "token-invalid-signature",
    "token-type-mismatch",
    "token-verification-failed",
    "unexpected-error",
  ].map((reason) => `signed-out ${reason}`),
  ...[
    "client-uat-but-no-session-token",
    "dev-browser-missing",
    "dev-browser-sync",
    "primary-domain-cross-origin-sync",
    "primary-responds-to-syncing",
    "satellite-needs-syncing",
    "session-token-but-no-client-uat",
    "session-token-expired-refresh-non-eligible-no-refresh-cookie",
    "session-token-iat-before-client-uat",
    "session-token-iat-in-the-future",
    "session-token-nbf",
  ].map((reason) => `handshake ${reason}`),
];

const MESSAGE = "x-clerk-auth-message";
const CORS = "access-control-allow-origin";
const has = ({ headers }, wanted) => headers.some(([name]) => name === wanted);
const byName = ([left], [right]) => (left < right ? -1 : Number(left > right));

function signedOut(reason, message = "") {
  const headers = [["x-clerk-auth-reason", reason], ["x-clerk-auth-status", "signed-out"]];
  return { status: "signed-out", reason, message, headers: message ? [[MESSAGE, message], ...headers] : headers, auth: null };
}

/** Signed out for that reason, in our own words, where Clerk's SDK gives another or none. */
function refused(reason) {
  return ({ ours, theirs }) => (theirs.reason === reason ? undefined : signedOut(reason, ours.message));
}

/** What goes out in the header says less where the message names parties. */
function inOurWords({ status, reason, headers, auth }, ours) {
  const others = headers.filter(([name]) => name !== MESSAGE);
  const header = ours.headers.filter(([name]) => name === MESSAGE);
  return { status, reason, message: ours.message, headers: [...header, ...others].sort(byName), auth };
}

/** A handshake that brings no session: Clerk's SDK gives no message. */
const inOurWordsWithoutSession = (theirs, ours) =>
  theirs.reason === "session-token-missing" && ours.reason === theirs.reason ? inOurWords(theirs, ours) : theirs;

/** Reasons that Clerk's SDK explains with what stands in the token, or with what its peer said. */
const IN_OWN_WORDS = [
  "jwk-kid-mismatch",
  "jwk-remote-failed-to-load",
  "secret-key-invalid",
  "token-invalid",
  "token-invalid-algorithm",
  "token-invalid-authorized-parties",
  "token-invalid-issuer",
  "token-verification-failed",
];

const isRefusedByClerk = ({ ours }) => /^Clerk rejected the token/.test(ours.message);
const isPlain = ({ headers }) => headers.some(([name, text]) => name === MESSAGE && /^[ -~]{1,200}$/.test(text) && !/eyJ|https?:/.test(text));

/** What every request can show, whatever else is special about it: one verdict of Clerk's SDK as ours would be. */
const EVERYWHERE = [
  {
    name: "no list of permissions",
    why: "is an empty one",
    applies: ({ theirs }) => theirs.auth?.orgId && theirs.auth.orgPermissions === null,
    expected: ({ theirs }) => ({ ...theirs, auth: { ...theirs.auth, orgPermissions: [] } }),
  },
  {
    name: "own words",
    why: "values out of tokens, and what the peer said, do not go into headers",
    applies: ({ ours, theirs }) => ours.reason === theirs.reason && theirs.message && IN_OWN_WORDS.includes(ours.reason) && isPlain(ours),
    expected: ({ ours, theirs }) => inOurWords(theirs, ours),
  },
  {
    name: "handshake for a token in a header",
    why: "who brings a token in a header is no browser that follows redirects",
    applies: (pair) => /^Bearer/i.test(authorization(pair)[0]) && pair.theirs.status === "handshake",
    expected: ({ theirs }) => signedOut(theirs.reason, theirs.message),
  },
  {
    name: "machine tokens that Clerk refuses to look at",
    why: "asking again does not mend them",
    applies: (pair) => /status=4(00|10|22)/.test(pair.theirs.message) && isRefusedByClerk(pair),
    expected: ({ ours }) => signedOut("token-invalid", ours.message),
  },
  {
    name: "keys out of reach",
    why: "one word for it, whatever stopped the fetch",
    applies: ({ line, theirs }) => !hasKeys(line) && theirs.reason === "unexpected-error",
    expected: refused("jwk-remote-failed-to-load"),
  },
  {
    name: "a refused handshake of a development instance",
    why: "nothing throws at run time",
    applies: ({ theirs }) => theirs.status === "error" && /^Clerk: Handshake token verification failed/.test(theirs.message),
    expected: ({ theirs, ours }) => signedOut(/reason=([a-z-]+)/.exec(theirs.message)?.[1] ?? "token-invalid-signature", ours.message),
  },
  {
    name: "cookies of a handshake",
    why: "a cache would hand a session to others",
    applies: ({ theirs }) => has(theirs, CORS) && has(theirs, "set-cookie") && !has(theirs, "cache-control"),
    expected: ({ ours, theirs }) =>
      inOurWordsWithoutSession({ ...theirs, headers: [...theirs.headers, ["cache-control", "no-store"]].sort(byName) }, ours),
  },
  {
    name: "a handshake without cookies",
    why: "there is nothing to open to pages without an origin",
    applies: ({ theirs }) => has(theirs, CORS) && !has(theirs, "set-cookie"),
    expected: ({ ours, theirs }) =>
      inOurWordsWithoutSession({ ...theirs, headers: theirs.headers.filter(([name]) => !/^access-control-/.test(name)) }, ours),
  },
  {
    name: "a handshake without a session",
    why: "nobody should have to guess why",
    applies: ({ ours, theirs }) =>
      theirs.reason === "session-token-missing" && ours.reason === theirs.reason && !theirs.message &&
      (!has(theirs, CORS) || (has(theirs, "set-cookie") && has(theirs, "cache-control"))),
    expected: ({ ours, theirs }) => inOurWords(theirs, ours),
  },
  {
    name: "a way back to a satellite that is no authorized party",
    why: "it would be handed the browser's token",
    applies: ({ line, theirs }) => line.options.authorizedParties?.length > 0 && !leadsNowhere(line) && theirs.status === "handshake" && theirs.reason === "primary-responds-to-syncing",
    expected: ({ theirs }) => signedOut(theirs.reason, theirs.message),
  },
];

/** What Clerk's SDK says, as it would be in ours. */
function asOurs(pair) {
  return EVERYWHERE.reduce((theirs, { applies, expected }) => {
    const next = { ...pair, theirs };
    return applies(next) ? expected(next) : theirs;
  }, pair.theirs);
}

/** As Clerk's SDK judges the request after this change, which must matter. */
function asIf(change) {
  return async (pair) => {
    const line = { ...pair.line, ...change(pair.line, pair) };
    const changed = asOurs({ ...pair, line, theirs: await askVendor(line) });
    return isDeepStrictEqual(changed, asOurs(pair)) ? undefined : changed;
  };
}

const withoutHeaders = (...names) => ({ headers }) => ({
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))),
});

const withSecretKey = asIf(({ options }) => ({
  options: { ...options, secretKey: `sk_${options.publishableKey?.slice(3, 7)}_x` },
  backend: [],
}));

const withoutNonces = (answer) =>
  answer && { ...answer, headers: answer.headers.map(([name, value]) => [name, value.replace("&format=nonce", "")]) };

const withPem = ({ options }, { pool }) => ({ options: { ...options, jwtKey: pool.mint.publicKeyPem } });

const textsIn = ({ headers, url }) => [url, ...Object.values(headers).flat()].join(" ").replaceAll("%2E", ".");

/** The request carries a token that can show this difference. */
function carries(only) {
  return ({ line, pool }) => {
    const texts = textsIn(line);
    return pool.tokens.some((token) => token.only === only && texts.includes(token.text));
  };
}

/** What the token shows is judged before anything else about it. */
function token(only, reason, why) {
  const applies = (pair) => pair.theirs.status !== "error" && !isRefusedByClerk(pair) && carries(only)(pair);
  return { name: `token: ${only}`, why, applies, expected: refused(reason) };
}

const UNREADABLE = ["padding", "no object", "duplicate member"];

const counter = /__clerk_redirect_count=([^;]+)/;
const counterOf = ({ headers }) => counter.exec([headers.cookie ?? []].flat().join("; "))?.[1] ?? "0";
const withCounter = ({ headers }, value) => ({
  headers: { ...headers, cookie: [headers.cookie].flat().join("; ").replace(counter, `__clerk_redirect_count=${value}`) },
});

const isDevelopment = ({ options }) => options.publishableKey?.startsWith("pk_test_");
const isLostSatellite = (options) =>
  options.isSatellite && ((!options.domain && !options.proxyUrl) || (isDevelopment({ options }) && !/^https/.test(options.signInUrl)));

/** What a handshake of a development instance does not come in, or one of production. */
const strayIn = (line) => JSON.stringify(isDevelopment(line) ? (line.headers.cookie ?? "") : line.url);
const renameStray = (line) => {
  const renamed = JSON.parse(strayIn(line).replaceAll("__clerk_handshake", "__not_a_handshake"));
  return isDevelopment(line) ? { headers: { ...line.headers, cookie: renamed } } : { url: renamed };
};

/** What a handshake comes in. */
const ownIn = (line) => JSON.stringify(isDevelopment(line) ? line.url : (line.headers.cookie ?? ""));
const renameOwn = (line) => {
  const renamed = JSON.parse(ownIn(line).replaceAll("__clerk_handshake", "__not_a_handshake"));
  return isDevelopment(line) ? { url: renamed } : { headers: { ...line.headers, cookie: renamed } };
};
const isForDocument = ({ method, headers }) => {
  const destination = headers["sec-fetch-dest"];
  return method === "GET" && (destination ? ["document", "iframe"].includes(destination) : /^text\/html/.test(headers.accept ?? ""));
};
const hasNonce = (line) => /__clerk_handshake_nonce=/.test(ownIn(line)) && isForDocument(line);
const nonceAnswer = ({ backend = [] }) => backend.find(({ path }) => path.startsWith("/v1/clients/handshake_payload"));

/** As Clerk's SDK judges the request without its handshake. */
async function withoutHandshake(pair) {
  const judged = await asIf(renameOwn)(pair);
  return judged && replaceText(judged, "__not_a_handshake", "__clerk_handshake");
}

const leadsNowhere = ({ url }) => /__clerk_redirect_url=(nonsense|javascript|[/][/])/.test(url);

const NO_ANSWER = /jwk-remote|secret-key|unexpected-error/;
const hasKeys = ({ options, backend = [] }) => options.jwtKey || options.jwks || backend.some(({ path }) => path === "/v1/jwks");

const authorization = ({ line }) => [line.headers.authorization ?? ""].flat();
const isBearer = (pattern) => (pair) => authorization(pair).length === 1 && pattern.test(authorization(pair)[0]);

const replaceText = (line, from, to) => JSON.parse(JSON.stringify(line).replaceAll(from, to));
const withoutUnreadable = (line, { pool }) =>
  pool.tokens.filter(({ only }) => UNREADABLE.includes(only)).reduce((changed, { text }) => replaceText(changed, text, "a.b.c"), line);

/** A credential that is no token is of no kind: where one kind of machine token is asked for it is not that. */
function refusedCredential(pair) {
  const { acceptsToken = "session_token" } = pair.line.options;
  const isMachine = acceptsToken !== "any" && ![acceptsToken].flat().includes("session_token");
  return isMachine ? refused("token-type-mismatch")(pair) : refused("token-invalid")(pair);
}

/**
 * A pair that differs must be claimed by exactly one of these: it applies to the pair, and what it expects of us is what
 * we said. `letsIn` marks those that may sign in whom Clerk's SDK does not.
 */
export const DIFFERENCES = [
  ...EVERYWHERE,
  token("algorithm", "token-invalid-algorithm", "RS256 is the only algorithm Clerk signs sessions with"),
  token("key id", "token-invalid", "a key id is a string"),
  token("critical header", "token-invalid", "extensions that are marked critical must be understood or refused"),
  token("padding", "token-invalid", "one text for one token"),
  token("no object", "token-invalid", "what is no JSON object is no part of a token"),
  token("duplicate member", "token-invalid", "parsers disagree about such texts"),
  token("session without ids", "token-verification-failed", "a session has a user and an id"),
  token("fractions", "token-verification-failed", "times are integers"),
  token("endless times", "token-verification-failed", "times beyond ECMAScript's range never expire there"),
  token("audience", "token-verification-failed", "an audience that is asked for must be there, and readable"),
  token("session status", "token-verification-failed", "only an active or a pending session counts"),
  token("actor", "token-verification-failed", "an actor that cannot be named must not pass for the user"),
  token("broken organization", "token-verification-failed", "claims that contradict their format discredit the token"),
  {
    name: "tokens to choose from that we cannot read",
    why: "as above: only what could be accepted is compared, and what is chosen instead is verified as ever",
    letsIn: true,
    applies: (pair) => pair.ours.reason !== "token-invalid" && UNREADABLE.some((only) => carries(only)(pair)),
    expected: async (pair) => {
      const [token] = pair.pool.tokens.filter(({ only, text }) => UNREADABLE.includes(only) && textsIn(pair.line).includes(text));
      const judged = await asIf(withoutUnreadable)(pair);
      return judged && replaceText(judged, "a.b.c", encodeURIComponent(token.text));
    },
  },
  {
    name: "tokens without a key id",
    why: "where several keys may come it must be named; no fetch can mend that",
    applies: ({ line, theirs, pool }) => NO_ANSWER.test(theirs.reason) && !line.options.jwtKey && pool.tokens.some(({ name, text }) => name === "header without a kid" && textsIn(line).includes(text)),
    expected: refused("jwk-kid-mismatch"),
  },
  {
    name: "refreshing",
    why: "browsers and handshakes refresh sessions; the server does not",
    applies: ({ line, theirs }) => /__refresh_/.test(textsIn(line)) && /-refresh-/.test(theirs.reason),
    expected: (pair) => JSON.parse(JSON.stringify(asOurs(pair)).replaceAll(/-refresh-(?!cookie)[a-z-]+/g, "-refresh-missing-api-client")),
  },
  {
    name: "token: organization without an id",
    why: "ids are what applications compare",
    applies: carries("organization without an id"),
    expected: ({ theirs }) => ({ ...theirs, auth: { ...theirs.auth, orgId: null, orgRole: null, orgSlug: null, orgPermissions: null } }),
  },
  {
    name: "the scheme in another case, or more white space behind it",
    why: "schemes have no case (RFC 9110 section 11.1), and only white space differs",
    letsIn: true,
    applies: isBearer(/^(bearer|BEARER) |^Bearer(  |\t)/),
    expected: asIf(({ headers }) => ({ headers: { ...headers, authorization: headers.authorization.replace(/^bearer[ \t]+/i, "Bearer ") } })),
  },
  {
    name: "a token without a scheme, or with something behind it",
    why: "it may be anything, and two intermediaries may read it differently",
    applies: (pair) => pair.theirs.status !== "error" && isBearer(/^[^ ]+$|^Bearer [^ ]+ /)(pair),
    expected: refusedCredential,
  },
  {
    name: "several credentials",
    why: "two intermediaries may take different ones",
    applies: (pair) => pair.theirs.status !== "error" && authorization(pair).length > 1,
    expected: refusedCredential,
  },
  {
    name: "handshakes where Clerk does not put them",
    why: "in production a link would sign in as somebody else, in development a cookie would lead around in circles",
    letsIn: true,
    applies: ({ line }) => /__clerk_handshake/.test(strayIn(line)),
    expected: async (pair) => {
      const judged = await asIf(renameStray)(pair);
      return judged && replaceText(judged, "__not_a_handshake", "__clerk_handshake");
    },
  },
  {
    name: "handshakes for pages only",
    why: "Clerk sends pages back; what a script carries is a left-over, and a spent one must not beat a good session",
    letsIn: true,
    applies: ({ line }) => /__clerk_handshake/.test(ownIn(line)) && !isForDocument(line),
    expected: withoutHandshake,
  },
  {
    name: "a nonce that Clerk refuses",
    why: "the cookies that are left may be good",
    letsIn: true,
    applies: ({ line }) => !isDevelopment(line) && hasNonce(line) && nonceAnswer(line)?.status === 404,
    expected: async (pair) => {
      const judged = await withoutHandshake(pair);
      return judged && judged.status !== "signed-in" && !judged.message ? inOurWords(judged, pair.ours) : judged;
    },
  },
  {
    name: "a nonce that Clerk cannot be asked about",
    why: "the cookies that are left may be good",
    letsIn: true,
    applies: ({ line }) => !isDevelopment(line) && hasNonce(line) && !nonceAnswer(line),
    expected: async (pair) => {
      const judged = await withoutHandshake(pair);
      return judged?.status === "signed-in" ? judged : undefined;
    },
  },
  {
    name: "forwarded headers",
    why: "anybody can send them, and they end up in redirects",
    applies: ({ line }) => !line.options.trustForwardedHeaders && ["host", "x-forwarded-host", "x-forwarded-proto"].some((name) => name in line.headers),
    expected: asIf(withoutHeaders("host", "x-forwarded-host", "x-forwarded-proto")),
  },
  {
    name: "redirects counted beyond three",
    why: "a loop is a loop, however often it went around before",
    applies: ({ line }) => counterOf(line) > 3,
    expected: asIf((line) => withCounter(line, "3")),
  },
  {
    name: "a counter that we did not write",
    why: "it is digits",
    applies: ({ line }) => /[^0-9]/.test(counterOf(line)),
    expected: asIf((line) => withCounter(line, "0")),
  },
  {
    name: "revoked and expired machine tokens",
    why: "the answer of the Backend API says so, whatever its status",
    applies: ({ line }) => line.backend?.some(({ body }) => body.revoked || body.expired),
    expected: refused("token-invalid"),
  },
  {
    name: "a way back to a satellite that is none",
    why: "nothing throws at run time, and only http and https are ways back",
    applies: ({ line }) => leadsNowhere(line),
    expected: ({ theirs }) => (theirs.status === "signed-out" ? undefined : signedOut("primary-responds-to-syncing")),
  },
  {
    name: "the header before the keys",
    why: "a bad header costs no fetch",
    applies: ({ line, theirs }) => !line.options.jwtKey && /jwk-|secret-key|unexpected-error/.test(theirs.reason ?? theirs.message),
    expected: asIf(withPem),
  },
  {
    name: "keys out of reach in a handshake of a development instance",
    why: "what cannot be judged is not passed over",
    applies: ({ line, theirs }) =>
      !hasKeys(line) && /__clerk_handshake=/.test(textsIn(line)) && isDevelopment(line) && theirs.reason !== "unexpected-error",
    expected: async (pair) => {
      const judged = await asIf(withPem)(pair);
      return judged?.reason === "token-invalid" ? judged : signedOut("jwk-remote-failed-to-load", pair.ours.message);
    },
  },
  {
    name: "the origin of a request is that of signInUrl",
    why: "nothing throws at run time: publicOrigin is compared at construction",
    letsIn: true,
    applies: ({ theirs }) => theirs.status === "error" && theirs.message.startsWith("The signInUrl needs to "),
    expected: asIf(withoutHeaders("origin")),
  },
  {
    name: "no secret key",
    why: "who has the keys of the instance needs none for sessions",
    letsIn: true,
    applies: ({ line, theirs, ours }) => !line.options.secretKey && theirs.status === "error" && ours.reason !== "unexpected-error",
    expected: async (pair) => withoutNonces(await withSecretKey(pair)),
  },
  {
    name: "opaque machine tokens without a secret key",
    why: "nothing throws at run time",
    applies: ({ line, theirs }) => !line.options.secretKey && theirs.status === "error",
    expected: refused("unexpected-error"),
  },
  {
    name: "options of no use",
    why: "a mistake in configuration shows at start-up",
    applies: ({ line: { options } }) =>
      options.clockSkewInMs < 0 || options.clockSkewInMs > 300_000 || options.audience === "" || options.issuer?.[0] === "" || /[/]$|^$/.test(options.authorizedParties?.[0] ?? "-") ||
      (options.secretKey ?? "").slice(3, 7) !== (options.publishableKey ?? "").slice(3, 7) ||
      !/^pk_(live|test)_[A-Za-z0-9=]{8,}$/.test(options.publishableKey) || isLostSatellite(options),
    expected: ({ theirs }) => (theirs.status === "error" ? undefined : { status: "error" }),
  },
];
