// Where ours is meant to differ from @liveblocks/node, and why. docs/differences.md tells it in prose.

const BASE = ["*:read", "*:write", "room:read", "room:write"];
const VALID_ROOM = /^([*]|[^*]{1,128}[*]?)$/;

/** Clients that are made there and refused here, or refused with another text: `explains(options, theirs, own)`. */
export const CONSTRUCTIONS = [
  {
    what: "the kind of a wrong key",
    why: "a mistake in configuration shows at start-up",
    explains: (options, theirs, own) => theirs !== null && own?.thrown?.startsWith(`${theirs.thrown} This is a `),
  },
  {
    what: "a placeholder, or the beginning of a key alone",
    why: "a mistake in configuration shows at start-up",
    explains: ({ secret }, theirs, own) => /_(X{4,}|x{4,})?$/.test(secret) && !theirs && / This one is /.test(own?.thrown),
  },
  {
    what: "a base URL that does not begin with http",
    why: "the vendor uses production without a word",
    explains: ({ baseUrl }, theirs, own) => !baseUrl?.startsWith("http") && !theirs && namesBaseUrl(own),
  },
  {
    what: "a base URL that cannot be read",
    why: "a text that names the option",
    explains: (options, theirs, own) => theirs?.thrown === "Invalid URL" && namesBaseUrl(own),
  },
  {
    what: "a base URL with a user name, a query or a fragment, or without TLS beyond loopback",
    why: "fetch refuses the first, the vendor drops the others, and the key must not travel unprotected",
    explains: ({ baseUrl }, theirs, own) => /@|\?|#|^http:/.test(baseUrl) && !theirs && namesBaseUrl(own),
  },
];

/** Options that are taken here as if they were others: `clean(options)`. */
export const CLEANINGS = [
  {
    what: "white space around a key or a URL",
    why: "it comes from environment files",
    clean: (options) => Object.fromEntries(Object.entries(options).map(([name, value]) => [name, trimmed(value)])),
  },
];

/** Steps that pass there and are refused here, or are refused with another text: `explains(step, theirs, own)`. */
export const REFUSALS = [
  {
    what: "user information that is neither an object nor null",
    why: "Liveblocks refuses it, and serialized JSON is a common slip",
    explains: ({ prepare, identify }, theirs, own) => {
      const { userInfo } = prepare ?? identify ?? {};
      const fits = typeof userInfo === "object" && !Array.isArray(userInfo);
      return userInfo !== undefined && !fits && !theirs?.thrown && /field 'userInfo'/.test(own?.thrown);
    },
  },
  {
    what: "the reason of a bad room",
    why: "the vendor does not tell it",
    explains: (step, theirs, own) => own?.thrown?.startsWith(`${theirs?.thrown}: `),
  },
  {
    what: "an unknown permission is told before a bad room",
    why: "permissions are checked where they are made",
    explains: ({ allow }, theirs, own) =>
      allow && !VALID_ROOM.test(allow[0]) && theirs?.thrown === "Invalid room name or pattern" && namesPermission(own),
  },
  {
    what: "a long or unprintable unknown permission",
    why: "messages are for logs",
    explains: (step, theirs, own) => namesPermission(theirs) && namesPermission(own) && /…$|\\x/.test(own.thrown),
  },
  {
    what: "permissions without a base scope, or outside of a pattern that has one",
    why: "Liveblocks resolves them to nothing",
    explains: ({ allow }, theirs, own) =>
      allow &&
      (theirs === null || /more than 10 rooms/.test(theirs.thrown)) &&
      !allow[1].some((name) => BASE.includes(name)) &&
      /^Permissions must include one of/.test(own?.thrown),
  },
];

/** Requests, answers and logs: `rewrite(outcome, call)` makes of the vendor's outcome what ours must be. */
export const REWRITINGS = [
  {
    what: "a path in the base URL",
    why: "the vendor drops it",
    rewrite: (outcome, { options }) => inRequests(outcome, (request) => ({ ...request, url: withBasePath(request.url, options) })),
  },
  {
    what: "no groups",
    why: "an empty list says no more than none",
    rewrite: (outcome) =>
      inRequests(outcome, ({ body: { groupIds, ...body }, ...request }) => ({
        ...request,
        body: groupIds === undefined || groupIds.length === 0 ? body : { ...body, groupIds },
      })),
  },
  {
    what: "control characters in X-LB-Warn",
    why: "a log line is one line",
    rewrite: (outcome) => ({
      ...outcome,
      logs: outcome.logs.map(([level, text]) => [level, text.replace(/[\x00-\x1f\x7f]/g, escaped)]),
    }),
  },
  {
    what: "two byte order marks in front of a body",
    why: "Node removes both, the standard (https://encoding.spec.whatwg.org/#utf-8-decode) one",
    rewrite: (outcome, { answer }) => {
      if (!answer.body?.startsWith("efbbbfefbbbf")) return outcome;
      return { ...outcome, steps: outcome.steps.map((step) => (step?.body === undefined ? step : marked(step))) };
    },
  },
];

/** Lines of the log that are ours alone: `adds(text)`. */
export const ADDITIONS = [
  {
    what: "warnings of permissions that contradict each other or have no effect",
    why: "the vendor resolves them without a word",
    adds: (text) => text.startsWith('Permissions for "'),
  },
];

const namesBaseUrl = (outcome) => /^baseUrl /.test(outcome?.thrown);
const namesPermission = (outcome) => /^Not a valid permission: /.test(outcome?.thrown);
const marked = (step) => ({ ...step, body: `\ufeff${step.body}` });
const escaped = (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
const inRequests = (outcome, change) => ({ ...outcome, requests: outcome.requests.map(change) });

function withBasePath(url, { baseUrl = "https://api.liveblocks.io" }) {
  const { origin, pathname } = new URL(url);
  return URL.canParse(baseUrl) ? origin + new URL(baseUrl).pathname.replace(/\/+$/, "") + pathname : url;
}

function trimmed(value) {
  return typeof value === "string" ? value.trim() : value;
}
