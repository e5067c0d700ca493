import { element, refill } from "../../../web/src/dom";
import { portrait } from "../../../web/src/portrait";
import type { Person } from "./api";
import type { Room } from "./room";

/** The people in a task. Changes are announced to screen readers. */
export class PeopleBar {
  readonly root = element("ul", { class: "people", "aria-label": "People in this task" });
  readonly news = element("p", { class: "visually-hidden", role: "status" });
  #known = new Map<string, string>();

  /** Returns the number of others. Somebody who has the task open twice is shown once. */
  show(room: Room): number {
    const self = room.getSelf();
    const others = new Map<string, Person>();
    for (const { id, info } of room.getOthers()) {
      if (id !== self?.id) others.set(id, { ...info, id });
    }
    const people = [...others.values()];
    if (self) people.push({ ...self.info, id: self.id, name: `${self.info.name} (you)` });
    refill(this.root, people, () => people.map(personItem));
    this.#tell(new Map([...others.values()].map(({ id, name }) => [id, name])));
    return others.size;
  }

  #tell(people: Map<string, string>): void {
    const names = (from: Map<string, string>, without: Map<string, string>) =>
      [...from].filter(([id]) => !without.has(id)).map(([, name]) => name);
    const came = names(people, this.#known).map((name) => `${name} is here.`);
    const left = names(this.#known, people).map((name) => `${name} left.`);
    if (came.length + left.length > 0) this.news.textContent = [...came, ...left].join(" ");
    this.#known = people;
  }
}

function personItem(person: Person): HTMLElement {
  const { id, name } = person;
  return element("li", { title: name }, portrait(id, person), element("span", { class: "name" }, name));
}
