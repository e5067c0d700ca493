// What @liveblocks/core makes of tokens and permissions.

import { readFileSync } from "node:fs";

import { peerFile } from "../../peers/lib/peers.mjs";

const INTERNAL = ["makeCachedToken", "parseAuthToken", "resolveRoomPermissionMatrix"];

/** The package keeps some of its functions to itself: this is a copy in memory that exports them, too. */
const core = await importText(
  `${readFileSync(peerFile("@liveblocks/core/dist/index.js"), "utf8")}\nexport { ${INTERNAL.join(", ")} };`,
);

function importText(text) {
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

export const RESOURCES = ["room", "storage", "comments", "comments:public", "comments:private", "feeds", "personal"];
export const LEVELS = ["none", "read", "write"];

const levelsOf = (matrix) => RESOURCES.map((resource) => LEVELS.indexOf(matrix[resource]));

export function resolve(entries, room) {
  const permissions = entries.map(([pattern, scopes]) => ({ pattern, scopes }));
  const matrix = core.resolveRoomPermissionMatrix(permissions, room);
  return matrix === undefined ? null : levelsOf(matrix);
}

/** The claims of a token, and the matrix as the client caches and resolves its permissions. */
export function readToken(text, room) {
  try {
    const token = core.parseAuthToken(text);
    const { permissions = [] } = core.makeCachedToken(token, 0);
    const matrix = core.resolveRoomPermissionMatrix(permissions, room);
    return { ...token.parsed, matrix: matrix === undefined ? null : levelsOf(matrix) };
  } catch (error) {
    return { error: error.message };
  }
}

export function readScopes(scopes) {
  const matrix = core.permissionMatrixFromScopes(scopes);
  const allows = RESOURCES.flatMap((resource) => LEVELS.map((level) => core.hasPermissionAccess(matrix, resource, level)));
  return { matrix: levelsOf(matrix), allows };
}

export function mergeRoom({ default: defaultAccesses, groups: groupsAccesses, user: userAccesses }) {
  const scopes = core.mergeRoomPermissionScopes({ defaultAccesses, groupsAccesses, userAccesses });
  return levelsOf(core.permissionMatrixFromScopes(scopes));
}
