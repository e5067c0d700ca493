import type { ClerkConfig } from "../../../web/src/clerk";

export interface Person {
  id: string;
  name: string;
  avatar: string;
  /** Those that the person belongs to, in words. */
  organizations: string;
}

/** What the server has for this page. */
export interface Offer {
  clerk: ClerkConfig;
  people: Person[];
}

export function fetchOffer(): Promise<Offer> {
  return ask("/sign-in/people");
}

/** Good for one sign-in. */
export async function fetchTicket(person: Person): Promise<string> {
  const { ticket } = await ask<{ ticket: string }>(`/sign-in/tickets/${person.id}`, { method: "POST" });
  return ticket;
}

async function ask<Answer>(path: string, options?: RequestInit): Promise<Answer> {
  const answer = await fetch(path, options).catch(() => undefined);
  if (!answer?.ok) throw new Error(answer ? `The server answered ${answer.status}.` : "The server cannot be reached.");
  return answer.json();
}
