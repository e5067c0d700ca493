import type { Status } from "@liveblocks/client";

import { button, element } from "../../../web/src/dom";
import type { Client } from "./client";
import { Cursors } from "./cursors";
import { icon } from "./icons";
import { Notes } from "./notes";
import { PeopleBar } from "./people_bar";
import { enterRoom, type Room } from "./room";

const STATUS: Record<Status, string> = {
  initial: "Connecting…",
  connecting: "Connecting…",
  connected: "Live",
  reconnecting: "Reconnecting…",
  disconnected: "Offline",
};

export interface TaskInfo {
  id: number;
  title: string;
  /** The name of the owner. */
  owner: string;
  /** A hint for people without access. */
  hint: string;
}

/** The panel of one task: its people, their pointers and their notes. */
export class RoomView {
  readonly root: HTMLElement;
  readonly #heading: HTMLElement;
  readonly #status = element("span", { class: "status", role: "status" });
  readonly #people = new PeopleBar();
  readonly #canvas = element("div", { class: "canvas", "data-testid": "canvas" });
  readonly #hint = element("p", { class: "hint" });
  readonly #task: TaskInfo;
  readonly #leave: () => void;
  #isRefused = false;

  constructor(client: Client, task: TaskInfo, onBack: () => void) {
    this.#task = task;
    this.#heading = element("h2", { tabindex: "-1" }, task.title);
    const back = button({ class: "quiet back", "aria-label": "Back to the tasks" }, onBack, icon("back"));
    this.root = element(
      "section",
      { class: "room", "aria-label": task.title },
      element("header", {}, back, this.#title(), this.#people.root),
      element("div", { class: "scroll" }, this.#canvas),
      this.#people.news,
    );
    this.root.addEventListener("keydown", ({ key, target }) => key === "Escape" && !isWritten(target) && onBack());
    this.#leave = this.#enter(client);
  }

  close(): void {
    this.#leave();
    this.root.remove();
  }

  focus(): void {
    this.#heading.focus();
  }

  #title(): HTMLElement {
    const line = element("p", { class: "line" }, this.#status, element("span", { class: "owner" }, this.#task.owner));
    return element("div", { class: "title" }, this.#heading, line);
  }

  #enter(client: Client): () => void {
    const id = String(this.#task.id);
    const { room, leave } = enterRoom(client, id);
    const stopListening = client.events.error.subscribe((error) => {
      if (error.roomId === id) this.#showRefusal(error.message.replace(/^Authentication failed: /, ""));
    });
    this.#canvas.append(new Notes(room).root, this.#hint);
    this.#listen(room, new Cursors(this.#canvas, (cursor) => room.updatePresence({ cursor })));
    return () => {
      stopListening();
      leave();
    };
  }

  #listen(room: Room, cursors: Cursors): void {
    const show = () => {
      this.#showStatus(room.getStatus());
      this.#showHint(this.#people.show(room));
      cursors.show(room.getOthers());
    };
    room.subscribe("status", show);
    room.subscribe("others", show);
    room.subscribe("my-presence", show);
    show();
  }

  #showStatus(status: Status): void {
    if (this.#isRefused || this.#status.dataset.status === status) return;
    this.#status.textContent = STATUS[status];
    this.#status.dataset.status = status;
  }

  #showHint(others: number): void {
    const text = others > 0 ? "The others see what you point at." : "Nobody else is here right now.";
    if (this.#hint.textContent !== text) this.#hint.textContent = text;
  }

  #showRefusal(reason: string): void {
    this.#isRefused = true;
    this.#status.textContent = "No entry";
    this.#status.dataset.status = "refused";
    this.#people.root.replaceChildren();
    this.#canvas.classList.add("refused");
    this.#canvas.replaceChildren(
      element(
        "div",
        { class: "refusal", role: "alert" },
        icon("lock"),
        element("h3", {}, "You cannot enter this task"),
        element("p", {}, reason),
        element("p", {}, this.#task.hint),
      ),
    );
  }
}

/** Whether leaving would lose a note that is being written. */
function isWritten(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.value !== "";
}
