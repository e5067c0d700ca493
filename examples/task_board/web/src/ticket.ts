import type { Clerk } from "../../../web/src/clerk";
import { fromClerk } from "../../../web/src/clerk_errors";

const TICKET = "__clerk_ticket";
const STATUS = "__clerk_status";

/** Signs in by the ticket in the address, as links of invitations have it, and takes it off the address. */
export async function redeemTicket(clerk: Clerk): Promise<void> {
  const address = new URL(location.href);
  const ticket = address.searchParams.get(TICKET);
  if (!ticket || !clerk.client) return;
  for (const name of [TICKET, STATUS]) address.searchParams.delete(name);
  history.replaceState(null, "", address);
  const { status, createdSessionId } = await fromClerk(clerk.client.signIn.create({ strategy: "ticket", ticket }));
  if (status !== "complete") throw new Error("This link does not sign in by itself: it may have been used before.");
  await fromClerk(clerk.setActive({ session: createdSessionId }));
}
