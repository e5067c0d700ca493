import type { Clerk } from "../../../web/src/clerk";

type Client = NonNullable<Clerk["client"]>;
type Session = Client["signedInSessions"][number];

/** Two tabs of one browser can belong to two people: a tab remembers its person, even when it is reloaded. */
const KEY = "task-board-person";

export function rememberPerson(userId: string): void {
  sessionStorage.setItem(KEY, userId);
}

/** Makes the tab belong to the person who signs in next. */
export function forgetPerson(): void {
  sessionStorage.removeItem(KEY);
}

/** Returns the session of this tab's person, or the session that was used last in this browser. */
export function sessionOfTab({ signedInSessions, lastActiveSessionId }: Client): Session | null {
  const person = sessionStorage.getItem(KEY);
  return (
    signedInSessions.find(({ user }) => user.id === person) ??
    signedInSessions.find(({ id }) => id === lastActiveSessionId) ??
    signedInSessions[0] ??
    null
  );
}
