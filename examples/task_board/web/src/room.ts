import type { Room as LiveblocksRoom } from "@liveblocks/client";

import type { Client, UserMeta } from "./client";

/** A place on the canvas as fractions of it, so that windows of any size agree. */
export type Point = { x: number; y: number };

export type RoomPresence = { cursor: Point | null };

/** The notes, each by a key of its own: whoever writes at the same time does not write over another one's. */
export type RoomStorage = Record<string, string>;

export type Room = LiveblocksRoom<RoomPresence, RoomStorage, UserMeta>;

/** The room of one task. */
export function enterRoom(client: Client, id: string): { room: Room; leave: () => void } {
  return client.enterRoom<RoomPresence, RoomStorage>(id, { initialPresence: { cursor: null }, initialStorage: {} });
}
