import { element, refill } from "../../../web/src/dom";
import { portrait } from "../../../web/src/portrait";
import { addressOf, followInPage } from "./address";
import type { Person } from "./api";

/** A task that others have open. */
export interface Scene {
  task: number;
  title: string;
  people: Person[];
}

/** Shown if no task is open, with links to the tasks that others have open. */
export class EmptyPlace {
  readonly root: HTMLElement;
  readonly #scenes = element("ul", { class: "scenes", "aria-label": "Open right now" });
  readonly #onOpen: (task: number) => void;

  constructor(onOpen: (task: number) => void) {
    this.#onOpen = onOpen;
    this.root = element(
      "div",
      { class: "empty" },
      element("img", { src: "/together.svg", alt: "", width: "280", height: "150" }),
      element("h2", {}, "Open a task"),
      element("p", {}, "You see at once who else is in it, where they point, and what they write."),
      this.#scenes,
    );
  }

  show(scenes: Scene[]): void {
    refill(this.#scenes, scenes, () => scenes.map((scene) => this.#item(scene)));
  }

  #item({ task, title, people }: Scene): HTMLElement {
    const names = people.map(({ name }) => name).join(", ");
    const link = element(
      "a",
      { href: addressOf(task), class: "scene" },
      ...people.slice(0, 3).map((person) => portrait(person.id, person)),
      element("span", {}, `Join ${names} in `, element("strong", {}, title)),
    );
    followInPage(link, () => this.#onOpen(task));
    return element("li", {}, link);
  }
}
