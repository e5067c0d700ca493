import type { LiveList } from "@liveblocks/client";

import { button, element } from "../../../web/src/dom";
import { icon } from "./icons";
import type { Room } from "./room";

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
    void room.getStorage().then(({ root }) => this.#share(room, form, root.get("notes")));
  }

  #share(room: Room, form: HTMLFormElement, notes: LiveList<string>): void {
    const show = () => this.#show(notes);
    room.subscribe(notes, show);
    form.addEventListener("submit", () => this.#write(notes));
    show();
  }

  #show(notes: LiveList<string>): void {
    this.#list.replaceChildren(...notes.map((text, index) => noteItem(text, () => notes.delete(index))));
    this.#add.disabled = notes.length >= MOST;
  }

  #write(notes: LiveList<string>): void {
    const text = this.#input.value.trim();
    if (!text || notes.length >= MOST) return;
    notes.push(text);
    this.#input.value = "";
  }
}

function noteItem(text: string, onRemove: () => void): HTMLElement {
  const remove = button({ class: "quiet", "aria-label": `Remove the note “${text}”` }, onRemove, icon("close"));
  return element("li", {}, element("span", {}, text), remove);
}
