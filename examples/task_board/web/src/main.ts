import { type Client, createClient } from "@liveblocks/client";

import {
  authorizeRoom,
  type Board,
  type Config,
  cookieSession,
  demoSession,
  fetchBoard,
  fetchConfig,
  type Session,
  type Task,
} from "./api";
import { boardView, failureView, signInView, signedOutView } from "./views";
import { RoomView } from "./room";

/** Which of the demo's people this tab is: two tabs can be two people. */
const PERSON = "task-board-person";

const app = document.getElementById("app")!;
let room: RoomView | undefined;

async function start(): Promise<void> {
  const config = await fetchConfig();
  const person = sessionStorage.getItem(PERSON);
  if (!config.people) return showBoard(config, cookieSession);
  if (person && config.people.some(({ id }) => id === person)) return showBoard(config, demoSession(person));
  showSignIn(config);
}

function showSignIn(config: Config): void {
  const signIn = (userId: string) => {
    sessionStorage.setItem(PERSON, userId);
    guard(showBoard(config, demoSession(userId)));
  };
  show(signInView(config.people!, signIn));
}

async function showBoard(config: Config, session: Session): Promise<void> {
  const board = await fetchBoard(session);
  if (!board) return show(signedOutView());
  const client = createClient({
    authEndpoint: (roomId) => authorizeRoom(session, roomId),
    ...(config.baseUrl ? { baseUrl: config.baseUrl } : {}),
    throttle: 16,
  });
  const signOut = () => {
    sessionStorage.removeItem(PERSON);
    closeRoom();
    client.logout();
    showSignIn(config);
  };
  const view = boardView(board, config.people ? signOut : undefined);
  show(view.root);
  const follow = () => openTask(client, board, view.place, view.mark);
  window.onhashchange = follow;
  follow();
}

/** Opens the task named in the address, `#task-1`. */
function openTask(client: Client, board: Board, place: HTMLElement, mark: (id: number | undefined) => void): void {
  closeRoom();
  const id = /^#task-(\d{1,15})$/.exec(location.hash)?.[1];
  mark(id ? Number(id) : undefined);
  document.body.classList.toggle("in-room", id !== undefined);
  if (!id) return;
  const task: Task | undefined = board.tasks.find((candidate) => candidate.id === Number(id));
  room = new RoomView(client, id, task?.title ?? `Task ${id}`, () => (location.hash = ""));
  place.append(room.panel);
  room.focus();
}

function closeRoom(): void {
  room?.close();
  room = undefined;
}

function show(view: HTMLElement): void {
  window.onhashchange = null;
  app.replaceChildren(view);
}

function guard(work: Promise<void>): void {
  work.catch((error: Error) => show(failureView(error.message)));
}

guard(start());
