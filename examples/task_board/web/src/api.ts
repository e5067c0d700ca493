import type { Profile } from "../../../web/src/portrait";
import type { Identity } from "./identity";

export interface Config {
  /** Of the Clerk instance; absent when the server knows its key alone, and then the page goes without Clerk's SDK. */
  publishableKey?: string;
  proxyUrl?: string;
  signInUrl?: string;
  /** Where Liveblocks is; absent: its own service. */
  baseUrl?: string;
}

export interface Person extends Profile {
  id: string;
}

export interface Task {
  id: number;
  title: string;
  owner: "user" | "organization";
}

export interface Board {
  user: Person;
  /** The active one, whose tasks are listed. */
  organization: { id: string; slug: string } | null;
  tasks: Task[];
  /** Tasks the user may not open, known by their number only. Empty unless the server runs with --demo. */
  elsewhere: number[];
  /** The room of everybody who looks at this board. */
  lobby: string;
}

export async function fetchConfig(): Promise<Config> {
  return (await expectOk(await ask("/api/config"))).json();
}

/** Null: the server knows of nobody signed in. */
export async function fetchBoard(identity: Identity): Promise<Board | null> {
  const headers = await identity.headers();
  if (!headers) return null;
  const answer = await ask("/api/board", { headers });
  if (answer.status === 401) return null;
  return (await expectOk(answer)).json();
}

type AuthAnswer = { token: string } | { error: string; reason: string };

/** Asks the server for permission to enter a room. Null: the server knows of nobody signed in. */
export async function authorizeRoom(identity: Identity, room?: string): Promise<AuthAnswer | null> {
  const headers = await identity.headers();
  if (!headers) return null;
  const answer = await ask("/api/liveblocks-auth", {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ room }),
  });
  return answer.status === 401 ? null : answer.json();
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new Error("The server cannot be reached.");
  }
}

async function expectOk(answer: Response): Promise<Response> {
  if (!answer.ok) throw new Error(`The server answered ${answer.status} to ${new URL(answer.url).pathname}.`);
  return answer;
}
