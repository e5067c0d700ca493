import type { Profile } from "../../../web/src/portrait";

export interface Person extends Profile {
  id: string;
}

export interface Config {
  /** Where Liveblocks is; absent: its own service. */
  baseUrl?: string;
  /** Whom one can sign in as; absent unless the server runs with --demo. */
  people?: Person[];
}

export interface Task {
  id: number;
  title: string;
  owner: "user" | "organization";
}

export interface Board {
  user: Person;
  organization: { id: string; slug: string } | null;
  tasks: Task[];
  /** Tasks the user may not open, known by their number only. Empty unless the server runs with --demo. */
  elsewhere: number[];
}

/** Gives each request the credentials of one signed-in user. */
export interface Session {
  headers(): Promise<Record<string, string>>;
}

/** With Clerk in front the browser sends the session cookie by itself, and Clerk's script keeps it fresh. */
export const cookieSession: Session = { headers: async () => ({}) };

/** Stands in for Clerk's `session.getToken()`: every call fetches a token that is good for a minute. */
export function demoSession(userId: string): Session {
  return {
    async headers() {
      const answer = await expectOk(await fetch(`/api/demo/token/${userId}`, { method: "POST" }));
      const { token } = (await answer.json()) as { token: string };
      return { Authorization: `Bearer ${token}` };
    },
  };
}

export async function fetchConfig(): Promise<Config> {
  return (await expectOk(await fetch("/api/config"))).json();
}

/** Null: not signed in. */
export async function fetchBoard(session: Session): Promise<Board | null> {
  const answer = await fetch("/api/board", { headers: await session.headers() });
  if (answer.status === 401) return null;
  return (await expectOk(answer)).json();
}

type AuthAnswer = { token: string } | { error: string; reason: string };

/**
 * Asks the backend for permission to enter a room. Liveblocks gives up at "forbidden" and tries again at anything else,
 * so a lost sign-in, which trying again does not mend, is made final here.
 */
export async function authorizeRoom(session: Session, room?: string): Promise<AuthAnswer> {
  const answer = await fetch("/api/liveblocks-auth", {
    method: "POST",
    headers: { ...(await session.headers()), "Content-Type": "application/json" },
    body: JSON.stringify({ room }),
  });
  if (answer.status === 401) return { error: "forbidden", reason: "You are signed out. Please sign in again." };
  return answer.json();
}

async function expectOk(answer: Response): Promise<Response> {
  if (!answer.ok) throw new Error(`${new URL(answer.url).pathname} answered ${answer.status}`);
  return answer;
}
