import type { Person } from "./api";
import type { Client } from "./client";

/** What the people of a board tell each other: which task they have open. A type, as presence must be JSON. */
type BoardPresence = { task: number | null };

export interface Passer extends Person {
  task: number | null;
}

/** The room of everybody who looks at the same board. */
export class Lobby {
  readonly tell: (task: number | null) => void;
  readonly close: () => void;

  constructor(client: Client, roomId: string, onChange: (others: Passer[]) => void) {
    const { room, leave } = client.enterRoom<BoardPresence, Record<string, never>>(roomId, {
      initialPresence: { task: null },
    });
    room.subscribe("others", (others) =>
      onChange(others.map(({ id, info, presence }) => ({ ...info, id, task: presence.task }))),
    );
    this.tell = (task) => room.updatePresence({ task });
    this.close = leave;
  }
}
