// Where calls about rooms are meant to differ from @liveblocks/node, and why. docs/differences.md tells it in prose.

const DOT_SEGMENT = /(^|[/\\])\.\.?([/\\]|$)/;
const FALLBACK = "An error happened without an error message";
const KEPT_BYTES = 4096;
const LISTS = ["getRooms", "iterRooms"];
const MAKES_ROOMS = ["createRoom", "getOrCreateRoom", "upsertRoom"];

const refuses = (what, pattern, isMeant) => ({
  what,
  explains: (call, theirs, own) => pattern.test(own.outcome.refused) && own.requests.length === 0 && isMeant(call),
});
const names = ({ method, given }) => [
  ...(LISTS.includes(method) ? [] : [given.roomId]),
  ...(method === "updateRoomId" ? [given.newRoomId] : []),
];
const partsOf = ({ method, given }) => [
  ...(MAKES_ROOMS.includes(method) ? [given.create ?? {}] : []),
  ...(method === "updateRoom" || method === "upsertRoom" ? [given.update] : []),
];
const keysOf = (call, ...members) =>
  partsOf(call).flatMap((part) => members.flatMap((name) => Object.keys(part[name] ?? {})));
const metadataQuery = ({ query }) => Object.entries(query?.metadata ?? {});

/** Calls that go out there and are refused here: `explains(call, theirs, own)`. */
export const REFUSALS = [
  refuses("a room without an id", /room id is empty/, (call) => names(call).includes("")),
  refuses("a room id that would be another path", /of dots/, (call) => names(call).some((id) => DOT_SEGMENT.test(id))),
  refuses("a room id beyond the limit", /longer than 128/, (call) => names(call).some((id) => id.length > 128)),
  refuses(
    "a new room id that would be a pattern",
    /holds a '\*'/,
    (call) => MAKES_ROOMS.includes(call.method) || call.method === "updateRoomId",
  ),
  refuses("an update of nothing", /changes nothing/, (call) => call.method.startsWith("up")),
  refuses("a page size beyond the limits", /limit is not between/, ({ given: { limit } }) => limit < 1 || limit > 100),
  refuses("a page size of a walk beyond the limits", /pageSize must/, ({ given }) => given.pageSize > 100),
  refuses(
    "an empty list of groups, which narrows nothing",
    /groupIds is empty/,
    ({ given: { userId, groupIds } }) => userId === undefined && groupIds.length === 0,
  ),
  refuses("a group whose id would be two", /holds a comma/, ({ given }) => given.groupIds.some((id) => id.includes(","))),
  refuses(
    "a user or group without an id",
    /(userId|an id in \w+) is empty/,
    (call) =>
      keysOf(call, "usersAccesses", "groupsAccesses").includes("") ||
      [call.given.userId, ...(call.given.groupIds ?? [])].includes(""),
  ),
  refuses("metadata without a key", /key of metadata is empty/, (call) => keysOf(call, "metadata").includes("")),
  refuses(
    "an empty organization or cursor",
    /^(organizationId|startingAfter) is empty/,
    (call) =>
      [call.given.organizationId, call.given.startingAfter, ...partsOf(call).map((part) => part.organizationId)].includes(""),
  ),
  refuses("a query for every beginning", /provide a non-empty string/, ({ given }) => given.query.roomId?.startsWith === ""),
  refuses(
    "a query that the language cannot express",
    /cannot express|metadata key/,
    ({ given }) =>
      metadataQuery(given).some(([key, value]) => key.trim() === "" || /[\\]|\n/.test(key + value)) ||
      /[\\]|\n/.test(given.query?.roomId?.startsWith),
  ),
];

/** Calls that are refused there and go out here, or whose success is read there and not here: the same. */
export const ACCEPTANCES = [
  {
    what: "a page size of a walk below 20",
    explains: ({ given }, theirs, own) =>
      given.pageSize < 20 && /pageSize/.test(theirs.outcome.refused) && !own.outcome.refused,
  },
  {
    what: "an answer that is JSON, but not what was asked for",
    explains: (call, theirs, own) => "value" in theirs.outcome && !theirs.outcome.error && own.outcome.unreadable,
  },
  {
    what: "a cursor that repeats",
    explains: ({ method }, theirs, own) =>
      method === "iterRooms" && /cursor of the next page repeats/.test(own.outcome.failure) && theirs.requests.length > 2,
  },
];

const inOutcome = (change) => (observed) => ({ ...observed, outcome: change(observed.outcome) });
const inError = (change) =>
  inOutcome((outcome) => (outcome.error ? { ...outcome, error: change(outcome.error) } : outcome));
const inRequests = (change) => (observed) => ({ ...observed, requests: observed.requests.map(change) });
const inBodies = (change) => inRequests((request) => ({ ...request, body: change(request.body) }));

/** Requests, answers and logs: `rewrite(observed, call)` makes of what the vendor did what ours must do. */
export const REWRITINGS = [
  {
    what: "the default limit is not sent",
    rewrite: inRequests((request) => without(request, "limit", "20")),
  },
  {
    what: "an empty list of groups is not sent",
    rewrite: inRequests((request) => without(request, "groupIds", "")),
  },
  {
    what: "an empty query is not sent",
    rewrite: inRequests((request) => without(request, "query", "")),
  },
  {
    what: "empty accesses and metadata are not sent",
    rewrite: inBodies((body) => (isObject(body) ? withoutEmpty(body) : body)),
  },
  {
    what: "a new room is private unless an upsert says otherwise",
    rewrite: inBodies((body) => {
      const isSaid = !isObject(body?.update) || body.create || body.update.defaultAccesses;
      return isSaid ? body : { ...body, create: { defaultAccesses: [] } };
    }),
  },
  {
    what: "an error without a message",
    why: "nothing was said, and a text of our own would look as if it had been",
    rewrite: inError((error) => ([FALLBACK, "null"].includes(error.message) ? { ...error, message: "" } : error)),
  },
  {
    what: "a message that is no text",
    rewrite: inError((error) => (/^(7|\[object Object\])$/.test(error.message) ? { ...error, message: "" } : error)),
  },
  {
    what: "suggestions and links that are no text",
    rewrite: inError(({ details, ...error }) => {
      const texts = details.split("\n").filter((line) => !/^(Suggestion: 7|See also: (7|x,y))$/.test(line));
      return { ...error, details: texts.join("\n") };
    }),
  },
  {
    what: "an error of JSON that is not strict",
    why: "what is not read is kept as it is",
    rewrite: (observed, { answers }) => {
      const text = Buffer.from(answers[0].body ?? "", "hex").toString();
      const isLoose = /\\ud800|("message".*){2}|^\[{65}/.test(text);
      return isLoose ? inError((error) => ({ ...error, message: text }))(observed) : observed;
    },
  },
  {
    what: "a long message",
    rewrite: inError(({ message, ...error }) => {
      return { ...error, message: message.length > KEPT_BYTES ? `${message.slice(0, KEPT_BYTES)}…` : message };
    }),
  },
  {
    what: "the secret key in a message",
    rewrite: inError((error) => ({ ...error, message: error.message.replaceAll("sk_testingtesting", "sk_…***") })),
  },
  {
    what: "a refused secret key is logged",
    rewrite: (observed) => {
      const { status } = observed.outcome.error ?? {};
      if (status !== 401 && status !== 403) return observed;
      return { ...observed, logs: [...observed.logs, ["error", "refused"]] };
    },
  },
];

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isEmpty = (value) => isObject(value) && Object.keys(value).length === 0;

function without(request, name, value) {
  const url = new URL(request.url);
  if (url.searchParams.get(name) !== value) return request;
  url.searchParams.delete(name);
  return { ...request, url: url.toString() };
}

function withoutEmpty(body) {
  const kept = Object.entries(body).filter(([name, value]) => !(/Accesses$|^metadata$/.test(name) && isEmpty(value)));
  const within = (name, value) => (/^(update|create)$/.test(name) && isObject(value) ? withoutEmpty(value) : value);
  return Object.fromEntries(kept.map(([name, value]) => [name, within(name, value)]));
}
