import type { Person } from "./api";
import type { Client } from "./client";

/** What the people of a board share: which task they have open. This is a type, because presence must be JSON. */
type BoardPresence = { task: number | null };

export interface Visitor extends Person {
  task: number | null;
}

/** The room of everybody who views the same board. */
export class Lobby {
  readonly tell: (task: number | null) => void;
  readonly close: () => void;

  /** `onChange` is called with the others in the room; with null while there is no connection. */
  constructor(client: Client, roomId: string, onChange: (others: Visitor[] | null) => void) {
    const { room, leave } = client.enterRoom<BoardPresence, Record<string, never>>(roomId, {
      initialPresence: { task: null },
    });
    const show = () => {
      const others = room.getOthers().map(({ id, info, presence }) => ({ ...info, id, task: presence.task }));
      onChange(room.getStatus() === "connected" ? others : null);
    };
    room.subscribe("others", show);
    room.subscribe("status", show);
    this.tell = (task) => room.updatePresence({ task });
    this.close = leave;
  }
}
