import type { LiveObject } from "@liveblocks/client";

import { button, element } from "../../../web/src/dom";
import { icon } from "./icons";
import type { Room, RoomStorage } from "./room";

type Storage = LiveObject<RoomStorage>;

const LONGEST = 200;
const MOST = 100;

/** Notes that everybody in a task can add and strike out, the newest first. The form above them never moves. */
export class Notes {
  readonly root: HTMLElement;
  readonly #heading = element("h3", { tabindex: "-1" }, "Notes");
  readonly #list = element("ul", { "aria-label": "Notes", "aria-live": "polite", "aria-relevant": "additions" });
  readonly #input = element("input", {
    name: "note",
    maxlength: String(LONGEST),
    autocomplete: "off",
    placeholder: "Write a note",
    "aria-label": "New note",
  });
  readonly #add = element("button", { type: "submit" }, "Add");

  constructor(room: Room) {
    const form = element("form", {}, this.#input, this.#add);
    this.root = element("section", { class: "notes" }, this.#heading, form, this.#list);
    this.#add.disabled = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    void room.getStorage().then(({ root }) => {
      room.subscribe(root, () => this.#show(root));
      form.addEventListener("submit", () => this.#write(room, root));
      this.#show(root);
    });
  }

  #show(notes: Storage): void {
    const keys = [...notes.keys()].sort().reverse();
    this.#list.replaceChildren(...keys.map((key) => noteItem(textOf(notes.get(key)), () => this.#remove(notes, key))));
    this.#add.disabled = keys.length >= MOST;
  }

  #remove(notes: Storage, key: string): void {
    notes.delete(key);
    this.#heading.focus(); // The button that had the focus was removed.
  }

  #write(room: Room, notes: Storage): void {
    const text = this.#input.value.trim();
    if (!text) return;
    // The keys are ordered by time, and differ from those that others add at the same time.
    notes.set(`${Date.now()}-${room.getSelf()?.connectionId}`, text);
    this.#input.value = "";
  }
}

/** Anybody who may write in a room can also write values that are not strings. */
function textOf(note: unknown): string {
  return typeof note === "string" ? note : "…";
}

function noteItem(text: string, onRemove: () => void): HTMLElement {
  const remove = button({ class: "quiet", "aria-label": `Remove the note “${text}”` }, onRemove, icon("close"));
  return element("li", {}, element("span", {}, text), remove);
}
