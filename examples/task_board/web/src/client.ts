import { type BaseUserMeta, type Client as LiveblocksClient, createClient } from "@liveblocks/client";

import type { Profile } from "../../../web/src/portrait";
import { authorizeRoom } from "./api";
import type { Identity } from "./identity";

/** What the auth endpoint says about everybody in a room. */
export type UserMeta = BaseUserMeta & { id: string; info: Profile };

export type Client = LiveblocksClient<UserMeta>;

/**
 * One person's connection to Liveblocks. Each permission to enter a room is asked for with credentials of that moment.
 * `onSignedOut` is called when the server knows of nobody signed in: trying again would not help, so the answer to
 * Liveblocks is final.
 */
export function connect(identity: Identity, baseUrl: string | undefined, onSignedOut: () => void): Client {
  return createClient<UserMeta>({
    authEndpoint: async (room) => {
      const answer = await authorizeRoom(identity, room);
      if (answer) return answer;
      onSignedOut();
      return { error: "forbidden", reason: "You are signed out." };
    },
    ...(baseUrl ? { baseUrl } : {}),
    throttle: 16,
  });
}
