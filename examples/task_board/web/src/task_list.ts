import { element, refill } from "../../../web/src/dom";
import { portrait } from "../../../web/src/portrait";
import { addressOf, followInPage } from "./address";
import type { Board, Person, Task } from "./api";
import { icon } from "./icons";

const FACES = 3;

/** The tasks of a board, each with the people who have it open. */
export class TaskList {
  readonly root: HTMLElement;
  readonly #links = new Map<number, HTMLAnchorElement>();
  readonly #faces = new Map<number, HTMLElement>();
  readonly #onOpen: (id: number) => void;

  constructor(board: Board, organization: string, onOpen: (id: number) => void) {
    this.#onOpen = onOpen;
    const ofOwner = (owner: Task["owner"]) => board.tasks.filter((task) => task.owner === owner);
    this.root = element(
      "nav",
      { class: "tasks", "aria-label": "Tasks" },
      ...this.#section(organization, ofOwner("organization").map(({ id, title }) => this.#item(id, title))),
      ...this.#section("Only yours", ofOwner("user").map(({ id, title }) => this.#item(id, title))),
      ...this.#section("Somebody else’s", board.elsewhere.map((id) => this.#item(id, `Task ${id}`, icon("lock")))),
    );
    if (this.#links.size === 0) this.root.append(element("p", { class: "none" }, "No tasks here yet."));
  }

  mark(open: number | null): void {
    for (const [id, link] of this.#links) {
      if (id === open) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  focus(task: number): void {
    this.#links.get(task)?.focus();
  }

  /** Shows the people by the task that they have open. */
  showPeople(people: Map<number, Person[]>): void {
    for (const [id, place] of this.#faces) {
      const here = people.get(id) ?? [];
      refill(place, here, () => faces(here));
    }
  }

  #section(title: string, items: HTMLElement[]): HTMLElement[] {
    if (items.length === 0) return [];
    const count = element("span", { class: "count" }, String(items.length));
    return [element("h2", {}, title, " ", count), element("ul", {}, ...items)];
  }

  #item(id: number, title: string, ...before: Node[]): HTMLElement {
    const place = element("span", { class: "faces" });
    const link = element(
      "a",
      { href: addressOf(id), class: "task" },
      ...before,
      element("span", { class: "task-title" }, title),
      place,
    );
    followInPage(link, () => this.#onOpen(id));
    this.#links.set(id, link);
    this.#faces.set(id, place);
    return element("li", {}, link);
  }
}

function faces(people: Person[]): Node[] {
  if (people.length === 0) return [];
  const more = people.length - FACES;
  const names = people.map(({ name }) => name).join(", ");
  return [
    ...people.slice(0, FACES).map((person) => portrait(person.id, person)),
    ...(more > 0 ? [element("span", { class: "more", "aria-hidden": "true" }, `+${more}`)] : []),
    element("span", { class: "visually-hidden" }, `(here: ${names})`),
  ];
}
