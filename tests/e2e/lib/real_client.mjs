// People who use task_board through the real @liveblocks/client, as its page does.

import { peer } from "../../peers/lib/peers.mjs";

const { createClient } = await peer("@liveblocks/client");
const { WebSocket } = await peer("ws");

/** A signed-in person: a client whose every request for a token carries a fresh session token. */
export function signIn(taskBoardUrl, liveblocksUrl, userId) {
  return createClient({
    authEndpoint: async (room) => (await askForRoom(taskBoardUrl, userId, room)).json(),
    baseUrl: liveblocksUrl,
    polyfills: { WebSocket, fetch },
    throttle: 16,
  });
}

async function askForRoom(taskBoardUrl, userId, room) {
  const session = await fetch(`${taskBoardUrl}/api/demo/token/${userId}`, { method: "POST" });
  const { token } = await session.json();
  return fetch(`${taskBoardUrl}/api/liveblocks-auth`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ room }),
  });
}

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
