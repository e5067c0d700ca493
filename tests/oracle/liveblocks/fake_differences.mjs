// Where testing::FakeLiveblocks is meant to differ from the dev server: `explains(request, theirs, ours)`, with answers as
// fake_answers.mjs reads them. docs/testing.md tells it in prose.

import { isDeepStrictEqual } from "node:util";

import { expectedList } from "./fake_lists.mjs";

const isUnprocessable = ({ status, body }) => status === 422 && body?.error === "UNPROCESSABLE_ENTITY";
const is = ({ method, target }, wanted, path) => method === wanted && path.test(target);
const isToken = (request) => is(request, "POST", /^\/v2\/(authorize|identify)-user\/?$/);

/** Taken there, refused here with such a message. */
const stricter = (what, why, message) => ({
  what,
  why,
  explains: (request, theirs, ours) =>
    (isToken(request) ? [200, 500] : [200, 404, 409]).includes(theirs.status) && isUnprocessable(ours) && message.test(ours.body.message),
});

export const DIFFERENCES = [
  {
    what: "the codes of a missing and of a wrong key",
    why: "those of the documentation",
    explains: (request, theirs, ours) =>
      isDeepStrictEqual([theirs.status, ours.status, theirs.body.error, ours.body.error],
        [401, 401, "Unauthorized", "MISSING_SECRET_KEY"]) ||
      isDeepStrictEqual([theirs.status, ours.status, theirs.body.error, ours.body.error],
        [403, 403, "Forbidden", "INVALID_SECRET_KEY"]),
  },
  {
    what: "a public key is told from a wrong one",
    why: "as in the documentation",
    explains: (request, theirs, ours) =>
      theirs.status === 403 && ours.status === 401 && ours.body.error === "WRONG_KEY_USED" &&
      request.headers.Authorization.startsWith("Bearer pk_"),
  },
  {
    what: "the code of a refused body, and where its explanation stands",
    why: "as production has them",
    explains: (request, theirs, ours) =>
      theirs.status === 422 && theirs.body.error === "Unprocessable Entity" && isUnprocessable(ours) &&
      namesOneOf(theirs.body.reason, ours.body.message),
  },
  {
    what: "the words for a bad query",
    why: "they name the clause, not the column",
    explains: (request, theirs, ours) =>
      theirs.status === 422 && ours.status === 422 && theirs.body.error === "INVALID_QUERY" && ours.body.error === "INVALID_QUERY",
  },
  {
    what: "lists: the newest first, in pages, narrowed by every filter",
    why: "as documented; the dev server has one page, and ignores most filters",
    explains: (request, theirs, ours) =>
      theirs.status === 200 && ours.status === 200 && theirs.rooms !== undefined &&
      isDeepStrictEqual(expectedList(request.target, theirs.rooms), { ...ours.body, nextCursor: typeof ours.body.nextCursor }),
  },
  {
    what: "an invalid limit or cursor",
    why: "documented, 1 to 100",
    explains: ({ target }, theirs, ours) =>
      (theirs.rooms !== undefined || theirs.body.error === "INVALID_QUERY") && isUnprocessable(ours) &&
      (/[?&]limit=(0|101|x)(&|$)/.test(target) ? /'limit'/ : /'startingAfter'/).test(ours.body.message),
  },
  {
    what: "malformed escapes in a query",
    why: "a mistake of the caller's",
    explains: ({ target }, theirs, ours) => /\?.*%zz/.test(target) && [200, 422].includes(theirs.status) && ours.status === 400,
  },
  {
    what: "text beyond Latin-1 in a token",
    why: "the dev server answers 500",
    explains: (request, theirs, ours) =>
      isToken(request) && theirs.status === 500 && ours.status === 200 &&
      holdsWhatWasAsked(JSON.parse(request.body), ours.token),
  },
  stricter("a room without defaultAccesses", "mandatory", /^Missing key: 'defaultAccesses'\.$/),
  stricter(
    "accesses that are no permissions",
    "fail early",
    /^Value at keypath '(default|users|groups)Accesses.*': Must be a permission\.$/,
  ),
  stricter("user ids of no or more than 128 characters", "documented", /^Value at key 'userId': (Too long|Must not be empty)/),
  stricter("user information of more than 1024 characters", "documented", /^Value at key 'userInfo': Too long/),
  stricter(
    "more than 10 entries in a token",
    "documented",
    /^Value at key 'permissions': A token cannot have more than 10 permissions/,
  ),
  stricter(
    "entries that grant nothing: empty lists, and patterns that no room has",
    "documented",
    /^Value at keypath 'permissions\..*': (Too long|A '\*' may|Must not be empty)/s,
  ),
  stricter("room ids of more than 128 characters", "documented", /^Value at key 'id': Too long/),
  stricter("metadata beyond its limits", "documented", /^Value at key(path)? 'metadata.*': (Too long|Must have at most)/),
  stricter("accesses beyond their limits", "documented", /^Value at key(path)? '(users|groups)Accesses.*': (Too long|Must have at most)/),
  {
    what: "null removes metadata",
    why: "as documented",
    explains: (request, theirs, ours) =>
      /"metadata":.*null/.test(request.body) && theirs.status === 422 && /'metadata'/.test(theirs.body.reason) &&
      [200, 404].includes(ours.status),
  },
  {
    what: "deleting what is not there",
    why: "404, as documented",
    explains: (request, theirs, ours) =>
      is(request, "DELETE", /^\/v2\/rooms\/[^/]+$/) && theirs.status === 204 && ours.status === 404 && ours.body.error === "ROOM_NOT_FOUND",
  },
  {
    what: "endpoints that the dev server does not implement",
    why: "they are played by the documentation",
    explains: (request, theirs, ours) =>
      theirs.status === 501 && [200, 204, 400, 404, 409, 422].includes(ours.status),
  },
  {
    what: "JSON with duplicate members or lone surrogates",
    why: "a mistake of the caller's",
    explains: (request, theirs, ours) => /"userId":"a","userId"|\\ud800/.test(request.body) && theirs.status !== 400 && ours.status === 400,
  },
  {
    what: "OPTIONS",
    why: "no backend asks it",
    explains: ({ method }, theirs, ours) => method === "OPTIONS" && theirs.status === 204 && [404, 405].includes(ours.status),
  },
];

/** Whether the first flaw that is told here is one of those that are told there. */
function namesOneOf(reason, message) {
  if (/Must be an object/.test(reason) && !/'/.test(reason)) return message === "Must be an object.";
  const [, key] = /'([^'.]*)/.exec(message);
  return [...reason.matchAll(/'([^'.]*)/g)].some(([, named]) => named === key);
}

function holdsWhatWasAsked({ userId, permissions, groupIds, userInfo }, { payload }) {
  const wanted = Object.fromEntries(
    Object.entries({ uid: userId, perms: permissions, gids: groupIds, ui: userInfo }).filter(([, value]) => value !== undefined),
  );
  const { k, pid, ...claims } = payload;
  return isDeepStrictEqual(claims, wanted);
}
