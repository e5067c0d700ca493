import type { ClerkConfig } from "../../../web/src/clerk";

export interface Person {
  id: string;
  name: string;
  avatar: string;
  /** The names of the organizations that the person belongs to. */
  organizations: string;
}

/** The data of this page. */
export interface Offer {
  clerk: ClerkConfig;
  people: Person[];
}

export function fetchOffer(): Promise<Offer> {
  return request("/sign-in/people");
}

/** Returns a ticket, which is valid for one sign-in. */
export async function fetchTicket(person: Person): Promise<string> {
  const { ticket } = await request<{ ticket: string }>(`/sign-in/tickets/${person.id}`, { method: "POST" });
  return ticket;
}

async function request<Body>(path: string, options?: RequestInit): Promise<Body> {
  const response = await fetch(path, options).catch(() => undefined);
  if (!response) throw new Error("The server cannot be reached.");
  if (!response.ok) throw new Error(`The server responded with status ${response.status}.`);
  return response.json();
}
