import type { Board, Person, Task } from "./api";
import { button, element } from "../../../web/src/dom";
import { icon } from "./icons";
import { portrait } from "../../../web/src/portrait";

export function signInView(people: Person[], onSignIn: (userId: string) => void): HTMLElement {
  const cards = people.map((person) =>
    button(
      { class: "person" },
      () => onSignIn(person.id),
      portrait(person.id, person),
      element("span", {}, element("small", {}, "Sign in as"), element("strong", {}, person.name)),
    ),
  );
  return message(
    "Task board",
    "Two people of one organization, each task a room. Sign in here as one of them and in a second tab as the other.",
    element("div", { class: "persons" }, ...cards),
  );
}

export function signedOutView(): HTMLElement {
  return message("You are signed out", "Sign in to your application with Clerk, then load this page again.");
}

export function failureView(reason: string): HTMLElement {
  const again = button({ class: "primary" }, () => location.reload(), "Try again");
  return message("That did not work", reason, again);
}

function message(title: string, text: string, ...more: HTMLElement[]): HTMLElement {
  return element(
    "main",
    { class: "welcome" },
    element("div", { class: "card" }, logo(), element("h1", {}, title), element("p", {}, text), ...more),
  );
}

function logo(): HTMLElement {
  return element("span", { class: "logo" }, icon("board"));
}

export interface BoardView {
  root: HTMLElement;
  /** Where the open task goes. */
  place: HTMLElement;
  /** Marks the open task in the list. */
  mark(id: number | undefined): void;
}

export function boardView(board: Board, onSignOut?: () => void): BoardView {
  const links = new Map<number, HTMLElement>();
  const link = (id: number, ...content: (Node | string)[]) => {
    const result = element("a", { href: `#task-${id}`, class: "task" }, ...content);
    links.set(id, result);
    return element("li", {}, result);
  };
  const place = element("main", { class: "place" }, emptyPlace());
  const root = element(
    "div",
    { class: "board" },
    topBar(board, onSignOut),
    element("nav", { class: "tasks", "aria-label": "Tasks" }, ...taskLists(board, link)),
    place,
  );
  const mark = (open: number | undefined) => {
    for (const [id, entry] of links) {
      if (id === open) entry.setAttribute("aria-current", "page");
      else entry.removeAttribute("aria-current");
    }
  };
  return { root, place, mark };
}

type Link = (id: number, ...content: (Node | string)[]) => HTMLElement;

function taskLists(board: Board, link: Link): HTMLElement[] {
  const items = (owner: Task["owner"]) =>
    board.tasks.filter((task) => task.owner === owner).map((task) => link(task.id, task.title));
  const foreign = board.elsewhere.map((id) => link(id, icon("lock"), `Task ${id}`));
  return [
    ...list("Yours", items("user")),
    ...list(organizationName(board), items("organization")),
    ...list("Somebody else’s", foreign),
  ];
}

function list(title: string, items: HTMLElement[]): HTMLElement[] {
  if (items.length === 0) return [];
  return [element("h2", {}, title, element("span", { class: "count" }, String(items.length))), element("ul", {}, ...items)];
}

function organizationName({ organization }: Board): string {
  return organization ? organization.slug.charAt(0).toUpperCase() + organization.slug.slice(1) : "Organization";
}

function topBar({ user }: Board, onSignOut?: () => void): HTMLElement {
  return element(
    "header",
    { class: "top" },
    logo(),
    element("h1", {}, "Task board"),
    element("span", { class: "me" }, portrait(user.id, user), element("span", { class: "name" }, user.name)),
    ...(onSignOut ? [button({ class: "quiet" }, onSignOut, "Sign out")] : []),
  );
}

function emptyPlace(): HTMLElement {
  return element("p", { class: "empty" }, "Open a task to see who else is working on it.");
}
