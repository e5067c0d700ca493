import { element } from "../../../web/src/dom";
import { addressOf, taskInAddress } from "./address";
import type { Board, Person } from "./api";
import type { Client } from "./client";
import type { Account } from "./identity";
import { EmptyPlace } from "./empty_place";
import { Lobby, type Visitor } from "./lobby";
import { RoomView, type TaskInfo } from "./room_view";
import { TaskList } from "./task_list";
import { topBar, type Try } from "./top_bar";

const NAME = "Task board";

/** The workspace of a signed-in person: the list of tasks, and the open task. */
export class Workspace {
  readonly root: HTMLElement;
  readonly #board: Board;
  readonly #client: Client;
  readonly #account: Account | undefined;
  readonly #list: TaskList;
  readonly #lobby: Lobby;
  readonly #empty = new EmptyPlace((id) => this.#goTo(id));
  readonly #place = element("main", { class: "place" }, this.#empty.root);
  readonly #company = element("p", { class: "company" });
  readonly #follow = () => this.#open(taskInAddress());
  #room: RoomView | undefined;
  #task: number | null = null;

  constructor(board: Board, client: Client, account: Account | undefined, attempt: Try) {
    this.#board = board;
    this.#client = client;
    this.#account = account;
    this.#list = new TaskList(board, this.#organization, (id) => this.#goTo(id));
    this.#list.root.append(this.#company);
    const closeTask = () => history.replaceState(null, "", addressOf(null));
    const bar = topBar(board, account, attempt, closeTask);
    this.root = element("div", { class: "board" }, bar, this.#list.root, this.#place);
    this.#lobby = new Lobby(client, board.lobby, (visitors) => this.#showPeople(visitors));
    this.#showPeople(null);
    this.#follow();
    addEventListener("popstate", this.#follow);
  }

  close(): void {
    removeEventListener("popstate", this.#follow);
    this.#room?.close();
    this.#lobby.close();
    this.#client.logout();
    document.body.classList.remove("in-room");
    document.title = NAME;
  }

  get #organization(): string {
    const { organization } = this.#board;
    const known = this.#account?.organizations.find(({ id }) => id === organization?.id);
    return known?.name ?? capitalized(organization?.slug ?? "organization");
  }

  #goTo(task: number | null): void {
    history.pushState(null, "", addressOf(task));
    const before = this.#task;
    this.#follow();
    if (task !== null) this.#room?.focus();
    else if (before !== null) this.#list.focus(before);
  }

  #open(task: number | null): void {
    if (task === this.#task) return;
    this.#task = task;
    this.#room?.close();
    this.#room = undefined;
    this.#list.mark(task);
    this.#lobby.tell(this.#isShared(task) ? task : null);
    this.#empty.root.hidden = task !== null;
    document.body.classList.toggle("in-room", task !== null);
    if (task === null) {
      document.title = NAME;
      return;
    }
    const info = this.#describe(task);
    document.title = `${info.title} · ${NAME}`;
    this.#room = new RoomView(this.#client, info, () => this.#goTo(null));
    this.#place.append(this.#room.root);
  }

  /** The others of the board only see its own tasks, never those of a person. */
  #isShared(id: number | null): boolean {
    return this.#board.tasks.some((task) => task.id === id && task.owner === "organization");
  }

  #describe(id: number): TaskInfo {
    const task = this.#board.tasks.find((candidate) => candidate.id === id);
    const owner = task?.owner === "user" ? "Only yours" : task ? this.#organization : "";
    const hasChoice = (this.#account?.organizations.length ?? 0) > 1;
    const hint = hasChoice ? "If it belongs to another organization of yours, switch to that one first." : "";
    return { id, title: task?.title ?? `Task ${id}`, owner, hint };
  }

  #showPeople(visitors: Visitor[] | null): void {
    const others = (visitors ?? []).filter(({ id }) => id !== this.#board.user.id);
    const byTask = new Map<number, Person[]>();
    for (const other of others) {
      if (other.task !== null && this.#isShared(other.task)) addOnce(byTask, other.task, other);
    }
    this.#list.showPeople(byTask);
    this.#empty.show([...byTask].map(([task, people]) => ({ task, title: this.#describe(task).title, people })));
    const names = new Map(others.map(({ id, name }) => [id, name]));
    this.#company.textContent = visitors ? companyText([...names.values()]) : "Not connected.";
    this.#company.dataset.others = String(names.size);
  }
}

function addOnce(people: Map<number, Person[]>, task: number, person: Person): void {
  const there = people.get(task) ?? [];
  if (!there.some(({ id }) => id === person.id)) people.set(task, [...there, person]);
}

function companyText([first, ...more]: string[]): string {
  if (!first) return "Nobody else is on this board.";
  return more.length === 0 ? `${first} is on this board.` : `${first} and ${more.length} more are on this board.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
