import { button, element } from "../../../web/src/dom";
import { portrait } from "../../../web/src/portrait";
import type { Person } from "./people";

const main = document.querySelector("main")!;
const list = main.querySelector(".people")!;
const alert = main.querySelector("[role=alert]")!;

/** Shows the people as buttons, and marks those with a session. */
export function showPeople(people: Person[], isSignedIn: (person: Person) => boolean, choose: (person: Person) => void): void {
  list.replaceChildren(...people.map((person) => card(person, isSignedIn(person), () => choose(person))));
  showBusy(false);
}

function card(person: Person, isSignedIn: boolean, choose: () => void): HTMLElement {
  const who = element("span", { class: "who" }, element("strong", {}, person.name), element("small", {}, person.organizations));
  const badge = isSignedIn ? [element("span", { class: "badge" }, "Signed in")] : [];
  return element("li", {}, button({ class: "person" }, choose, portrait(person.id, person), who, ...badge));
}

/** Disables the buttons while somebody is being signed in. */
export function showBusy(busy: boolean): void {
  main.setAttribute("aria-busy", String(busy));
  for (const each of list.querySelectorAll("button")) each.disabled = busy;
  if (busy) alert.replaceChildren();
}

export function showProblem(message: string, tryAgain: () => void): void {
  const again = button({}, tryAgain, "Try again");
  alert.replaceChildren(element("div", { class: "problem" }, message, again));
  for (const placeholder of list.querySelectorAll(".placeholder")) placeholder.remove();
  showBusy(false);
}
