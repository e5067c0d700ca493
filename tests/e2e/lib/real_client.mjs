// People who use an example with the real @liveblocks/client, like a page.

import { peer } from "../../peers/lib/peers.mjs";
import { LocalSession } from "./local_clerk.mjs";

const { createClient } = await peer("@liveblocks/client");
const { WebSocket } = await peer("ws");

/**
 * A client of Liveblocks there, whose every request for a token carries what `sessionToken()` resolves to, and these
 * members beside the room.
 */
export function connect(liveblocksUrl, authEndpoint, sessionToken, members = {}) {
  return createClient({
    authEndpoint: async (room) => (await askForRoom(authEndpoint, await sessionToken(), { room, ...members })).json(),
    baseUrl: liveblocksUrl,
    polyfills: { WebSocket, fetch },
    throttle: 16,
  });
}

/** Somebody who signs in to task_board --demo. */
export function signIn(taskBoardUrl, liveblocksUrl, userId, members) {
  const session = LocalSession.create(taskBoardUrl, userId);
  const sessionToken = async () => (await session).token();
  return connect(liveblocksUrl, `${taskBoardUrl}/api/liveblocks-auth`, sessionToken, members);
}

const askForRoom = (authEndpoint, sessionToken, body) =>
  fetch(authEndpoint, {
    method: "POST",
    headers: { Authorization: `Bearer ${sessionToken}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/** Resolves with the first error the client reports, however it comes about. */
export const firstError = (client) => new Promise((resolve) => client.events.error.subscribeOnce(resolve));

/** Resolves with the others in the room as soon as they satisfy `condition`. */
export function othersWho(room, condition) {
  return new Promise((resolve) => {
    const look = () => condition(room.getOthers()) && resolve(room.getOthers());
    room.subscribe("others", look);
    look();
  });
}
