import type { Clerk } from "../../../web/src/clerk";

type Client = NonNullable<Clerk["client"]>;
type Session = Client["signedInSessions"][number];

/** Two tabs of one browser can be two people: a tab keeps whose it is, also when it is loaded anew. */
const KEY = "task-board-person";

export function rememberPerson(userId: string): void {
  sessionStorage.setItem(KEY, userId);
}

/** The tab then belongs to whoever signs in next. */
export function forgetPerson(): void {
  sessionStorage.removeItem(KEY);
}

/** The session of this tab's person, or else the one used last in this browser. */
export function sessionOfTab({ signedInSessions, lastActiveSessionId }: Client): Session | null {
  const person = sessionStorage.getItem(KEY);
  return (
    signedInSessions.find(({ user }) => user.id === person) ??
    signedInSessions.find(({ id }) => id === lastActiveSessionId) ??
    signedInSessions[0] ??
    null
  );
}
