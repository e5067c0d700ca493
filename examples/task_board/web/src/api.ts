import type { Profile } from "../../../web/src/portrait";
import type { Identity } from "./identity";

export interface Config {
  /** The key of the Clerk instance; absent if the server only has a public key: then the page works without Clerk's SDK. */
  publishableKey?: string;
  proxyUrl?: string;
  signInUrl?: string;
  /** The URL of Liveblocks; absent for its own service. */
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
  /** The active organization, whose tasks are listed. */
  organization: { id: string; slug: string } | null;
  tasks: Task[];
  /** The numbers of tasks that the user may not open. Empty unless the server runs with --demo. */
  elsewhere: number[];
  /** The id of the room of everybody who views this board. */
  lobby: string;
}

export async function fetchConfig(): Promise<Config> {
  return (await expectOk(await request("/api/config"))).json();
}

/** Null if nobody is signed in for the server. */
export async function fetchBoard(identity: Identity): Promise<Board | null> {
  const headers = await identity.headers();
  if (!headers) return null;
  const response = await request("/api/board", { headers });
  if (response.status === 401) return null;
  return (await expectOk(response)).json();
}

type AuthResult = { token: string } | { error: string; reason: string };

/** Requests a token for a room. Null if nobody is signed in for the server. */
export async function authorizeRoom(identity: Identity, room?: string): Promise<AuthResult | null> {
  const headers = await identity.headers();
  if (!headers) return null;
  const response = await request("/api/liveblocks-auth", {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ room }),
  });
  return response.status === 401 ? null : response.json();
}

async function request(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new Error("The server cannot be reached.");
  }
}

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) {
    throw new Error(`The server responded with status ${response.status} to ${new URL(response.url).pathname}.`);
  }
  return response;
}
