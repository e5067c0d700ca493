import type { Clerk } from "../../../web/src/clerk";
import { fromClerk } from "../../../web/src/clerk_errors";
import { fetchTicket, type Person } from "./people";

/** The session of a person who is signed in to this browser. */
export function presentSession(clerk: Clerk, person: Person): string | undefined {
  return clerk.client?.signedInSessions.find(({ user }) => user?.id === person.id)?.id;
}

/** Signs a person in, in addition to others, and goes to the page. The session of a signed-in person becomes active. */
export async function signIn(clerk: Clerk, person: Person, redirectUrl: string): Promise<void> {
  const session = presentSession(clerk, person) ?? (await newSession(clerk, person));
  await fromClerk(clerk.setActive({ session, redirectUrl }));
}

async function newSession(clerk: Clerk, person: Person): Promise<string> {
  const ticket = await fetchTicket(person);
  const attempt = await fromClerk(clerk.client!.signIn.create({ strategy: "ticket", ticket }));
  if (attempt.status !== "complete" || !attempt.createdSessionId) throw new Error("Clerk requires more than a ticket.");
  return attempt.createdSessionId;
}
