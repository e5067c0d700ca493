import type { BaseUserMeta, Client, LiveblocksError, Room, Status, User } from "@liveblocks/client";

import { button, element } from "../../../web/src/dom";
import { icon } from "./icons";
import { colorOf, portrait, type Profile } from "../../../web/src/portrait";

declare global {
  interface Liveblocks {
    /** The pointer, as fractions of the canvas, so that windows of any size agree. */
    Presence: { cursor: { x: number; y: number } | null };
    UserMeta: BaseUserMeta & { id: string; info: { name: string; avatar?: string } };
  }
}

const STATUS: Record<Status, string> = {
  initial: "Connecting…",
  connecting: "Connecting…",
  connected: "Live",
  reconnecting: "Reconnecting…",
  disconnected: "Offline",
};

/** The panel of one task: who is in it, and where they point. */
export class RoomView {
  readonly panel: HTMLElement;
  readonly #status = element("span", { class: "status", role: "status" });
  readonly #people = element("ul", { class: "people", "aria-label": "People in this task" });
  readonly #canvas = element("div", { class: "canvas", "data-testid": "canvas" });
  readonly #hint = element("p", { class: "hint" });
  readonly #cursors = new Map<number, HTMLElement>();
  #refused = false;
  readonly #leave: () => void;

  constructor(client: Client, roomId: string, title: string, onBack: () => void) {
    const back = button({ class: "quiet back", "aria-label": "Back to the tasks" }, onBack, icon("back"));
    const heading = element("h2", { tabindex: "-1" }, title);
    this.panel = element(
      "section",
      { class: "room", "aria-label": title },
      element("header", {}, back, element("div", { class: "title" }, heading, this.#status), this.#people),
      this.#canvas,
    );
    this.#canvas.append(this.#hint);
    this.#showStatus("initial");
    this.#showHint(0);

    const { room, leave } = client.enterRoom(roomId, { initialPresence: { cursor: null } });
    const stopListening = client.events.error.subscribe((error) => {
      if (error.roomId === roomId) this.#showRefusal(error);
    });
    this.#leave = () => {
      stopListening();
      leave();
    };
    this.#listen(room);
    this.#share(room);
  }

  close(): void {
    this.#leave();
    this.panel.remove();
  }

  focus(): void {
    this.panel.querySelector("h2")?.focus();
  }

  #listen(room: Room): void {
    room.subscribe("status", (status) => this.#showStatus(status));
    const showPeople = () => this.#showPeople(room);
    room.subscribe("others", showPeople);
    room.subscribe("my-presence", showPeople);
    room.subscribe("status", showPeople);
  }

  #share(room: Room): void {
    this.#canvas.addEventListener("pointermove", (event) => {
      const box = this.#canvas.getBoundingClientRect();
      const cursor = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
      room.updatePresence({ cursor });
    });
    this.#canvas.addEventListener("pointerleave", () => room.updatePresence({ cursor: null }));
  }

  #showStatus(status: Status): void {
    if (this.#refused) return;
    this.#status.textContent = STATUS[status];
    this.#status.dataset.status = status;
  }

  #showPeople(room: Room): void {
    const self = room.getSelf();
    const others = room.getOthers();
    this.#people.replaceChildren(
      ...others.map((other) => personItem(other.id, other.info, other.info.name)),
      ...(self ? [personItem(self.id, self.info, `${self.info.name} (you)`)] : []),
    );
    this.#showHint(others.length);
    this.#showCursors(others);
  }

  #showHint(others: number): void {
    this.#hint.textContent =
      others > 0
        ? "Move your pointer: they see it where you see it."
        : "You are alone here. Open this task in a second tab, as somebody else.";
    this.#hint.dataset.others = String(others);
  }

  #showCursors(others: readonly User[]): void {
    const here = new Set(others.filter((other) => other.presence.cursor).map((other) => other.connectionId));
    for (const [id, cursor] of this.#cursors) {
      if (here.has(id)) continue;
      cursor.remove();
      this.#cursors.delete(id);
    }
    for (const other of others) this.#showCursor(other);
  }

  #showCursor({ connectionId, id, info, presence }: User): void {
    if (!presence.cursor) return;
    let cursor = this.#cursors.get(connectionId);
    if (!cursor) {
      cursor = cursorOf(id, info);
      this.#cursors.set(connectionId, cursor);
      this.#canvas.append(cursor);
    }
    cursor.style.left = `${presence.cursor.x * 100}%`;
    cursor.style.top = `${presence.cursor.y * 100}%`;
  }

  #showRefusal(error: LiveblocksError): void {
    this.#refused = true;
    const reason = error.message.replace(/^Authentication failed: /, "");
    this.#status.textContent = "No entry";
    this.#status.dataset.status = "refused";
    this.#people.replaceChildren();
    this.#canvas.classList.add("refused");
    this.#canvas.replaceChildren(
      element(
        "div",
        { class: "refusal", role: "alert" },
        icon("lock"),
        element("h3", {}, "You cannot enter this task"),
        element("p", {}, reason),
      ),
    );
  }
}

function personItem(userId: string, profile: Profile, label: string): HTMLElement {
  return element("li", { title: label }, portrait(userId, profile), element("span", { class: "name" }, label));
}

function cursorOf(userId: string, { name }: Profile): HTMLElement {
  const cursor = element(
    "div",
    { class: "cursor", "data-testid": "cursor", "aria-hidden": "true" },
    icon("pointer"),
    element("span", {}, name),
  );
  cursor.style.setProperty("--color", colorOf(userId));
  return cursor;
}
