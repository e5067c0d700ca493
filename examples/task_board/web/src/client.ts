import { type BaseUserMeta, type Client as LiveblocksClient, createClient } from "@liveblocks/client";

import type { Profile } from "../../../web/src/portrait";
import { authorizeRoom } from "./api";
import type { Identity } from "./identity";

/** What everybody in a room sees of a user, as the auth endpoint sets it. */
export type UserMeta = BaseUserMeta & { id: string; info: Profile };

export type Client = LiveblocksClient<UserMeta>;

/**
 * One person's connection to Liveblocks. Each token is requested with the current credentials. `onSignedOut` is called
 * if nobody is signed in for the server: trying again would not help, so Liveblocks gets an error that is final.
 */
export function connect(identity: Identity, baseUrl: string | undefined, onSignedOut: () => void): Client {
  return createClient<UserMeta>({
    authEndpoint: async (room) => {
      const result = await authorizeRoom(identity, room);
      if (result) return result;
      onSignedOut();
      return { error: "forbidden", reason: "You are signed out." };
    },
    ...(baseUrl ? { baseUrl } : {}),
    throttle: 16,
  });
}
