import type { Room as LiveblocksRoom } from "@liveblocks/client";

import type { Client, UserMeta } from "./client";

/** A position as fractions of the canvas, so that it is independent of the size of the window. */
export type Point = { x: number; y: number };

export type RoomPresence = { cursor: Point | null };

/** The notes, each with its own key, so that people who write at the same time do not overwrite each other's notes. */
export type RoomStorage = Record<string, string>;

export type Room = LiveblocksRoom<RoomPresence, RoomStorage, UserMeta>;

/** The room of one task. */
export function enterRoom(client: Client, id: string): { room: Room; leave: () => void } {
  return client.enterRoom<RoomPresence, RoomStorage>(id, { initialPresence: { cursor: null }, initialStorage: {} });
}
