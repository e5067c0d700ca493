import type { LiveObject } from "@liveblocks/client";

import { button, element } from "../../../web/src/dom";
import { icon } from "./icons";
import type { Room, RoomStorage } from "./room";

type Storage = LiveObject<RoomStorage>;

const LONGEST = 200;
const MOST = 100;

/** Lines that everybody in a task writes and strikes out together. */
export class Notes {
  readonly root: HTMLElement;
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
    this.root = element("section", { class: "notes" }, element("h3", {}, "Notes"), this.#list, form);
    this.#add.disabled = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    void room.getStorage().then(({ root }) => {
      room.subscribe(root, () => this.#show(root));
      form.addEventListener("submit", () => this.#write(room, root));
      this.#show(root);
    });
  }

  #show(notes: Storage): void {
    const keys = [...notes.keys()].sort();
    const items = keys.map((key) => noteItem(String(notes.get(key)), () => notes.delete(key)));
    this.#list.replaceChildren(...items);
    this.#add.disabled = keys.length >= MOST;
  }

  #write(room: Room, notes: Storage): void {
    const text = this.#input.value.trim();
    if (!text) return;
    // In the order of time, and different from those of others who write just then.
    notes.set(`${Date.now()}-${room.getSelf()?.connectionId}`, text);
    this.#input.value = "";
  }
}

function noteItem(text: string, onRemove: () => void): HTMLElement {
  const remove = button({ class: "quiet", "aria-label": `Remove the note “${text}”` }, onRemove, icon("close"));
  return element("li", {}, element("span", {}, text), remove);
}
