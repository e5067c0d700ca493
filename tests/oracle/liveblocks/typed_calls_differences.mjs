// Where typed calls are meant to differ from @liveblocks/node, and why. docs/differences.md tells it in prose.

const DOT_SEGMENT = /(^|[/\\])\.\.?([/\\]|$)/;
const WEB_URL = /^https?:\/\/./i;

const refuses = (what, pattern, isMeant) => ({
  what,
  explains: (call, theirs, own) => pattern.test(own.refused) && own.requests.length === 0 && isMeant(call.given, call.call),
});

/** All strings of the arguments, those inside of others included. */
const textsOf = (value) => (typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(textsOf));
const isSimple = (value) => ["string", "number", "boolean"].includes(typeof value);

/** Calls that go out there and are refused here: `explains(call, theirs, own)`. */
export const REFUSALS = [
  refuses("an empty string in a path", /path parameter '\w+' is empty$/, (given) => textsOf(given).includes("")),
  refuses("a string in a path that would be another path", /of dots/, (given) =>
    textsOf(given).some((text) => DOT_SEGMENT.test(text)),
  ),
  refuses("an empty string in a query or a body", /non-empty string|: (an item of |a key of )?\w+ is empty$/, (given) => textsOf(given).includes("") ||
    Object.values(given).some((value) => Object.keys(value ?? {}).includes("")),
  ),
  refuses("a document that is no LiveObject", /is not a LiveObject/, ({ document }) => document?.liveblocksType !== "LiveObject"),
  refuses("a custom notification of another kind", /: kind is not/, ({ kind }) => !/^\$./.test(kind)),
  refuses("activity data with other values", /: a member of activityData is neither/, ({ activityData }) => !Object.values(activityData).every(isSimple)),
  refuses("a link that is not of the web", /http:\/\/ or https/, ({ body }) =>
    body.some(({ link }) => link !== undefined && !WEB_URL.test(link)),
  ),
  refuses("metadata of null where nothing can be removed", /: a value of metadata is neither/, ({ metadata, commentMetadata }) =>
    [metadata, commentMetadata].some((all) => Object.values(all ?? {}).includes(null)),
  ),
  refuses("a change of no members", /: memberIds is empty$/, ({ memberIds }) => memberIds.length === 0),
  refuses("presence that is no object", /: (data|userInfo) is not an object/, ({ data, userInfo }) =>
    Array.isArray(data) || typeof userInfo === "string",
  ),
  refuses("presence for another time than Liveblocks permits", /: ttl is not between/, ({ ttl }) => ttl < 2 || ttl > 3599),
];

const inRequests = (change) => (observed, call) => ({
  ...observed, requests: observed.requests.map((request) => change(request, call)),
});
const inBodies = (change) =>
  inRequests((request, call) => ({ ...request, body: request.body === null ? null : change(request.body, call) }));

function without(body, isLeftOut) {
  if (typeof body !== "object" || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => !isLeftOut(name, value)));
}

const isEmptyObject = (value) => typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** `rewrite(observed, call)` makes of what the vendor sent what ours must send. */
export const REWRITINGS = [
  {
    what: "the id of a file is given, and not random",
    rewrite: inRequests((request) => ({ ...request, url: request.url.replace(/\/attachments\/at_[\w-]{21}\//, "/attachments/at_given/") })),
  },
  {
    what: "no query for threads without a condition",
    rewrite: inRequests((request) => ({ ...request, url: request.url.replace(/\/threads\?query=$/, "/threads") })),
  },
  {
    what: "no media type without a body",
    rewrite: inRequests((request) => (request.body === null ? { ...request, type: null } : request)),
  },
  {
    what: "a group's id is sent once",
    rewrite: inBodies((body, { call }) => (call === "groups.create" ? without(body, (name) => name === "groupId") : body)),
  },
  {
    what: "empty metadata of what is created is not sent",
    rewrite: inBodies((body, { call }) => {
      const shorten = (object) => without(object, (name, value) => name === "metadata" && isEmptyObject(value));
      if (call === "comments.createThread") return { ...shorten(body), comment: shorten(body.comment) };
      return ["comments.createComment", "comments.editComment", "feeds.create"].includes(call) ? shorten(body) : body;
    }),
  },
  {
    what: "empty lists of what is created are not sent",
    rewrite: inBodies((body, { call }) => {
      const shorten = (object) =>
        without(object, (name, value) => ["attachmentIds", "memberIds"].includes(name) && value.length === 0);
      if (call === "comments.createThread") return { ...body, comment: shorten(body.comment) };
      return ["comments.createComment", "groups.create"].includes(call) ? shorten(body) : body;
    }),
  },
];
