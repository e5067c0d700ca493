import type { Clerk } from "../../../web/src/clerk";
import { fromClerk } from "../../../web/src/clerk_errors";
import type { Account, Identity, OtherPerson } from "./identity";
import { forgetPerson } from "./person_of_tab";

type Session = NonNullable<Clerk["session"]>;

/** The person of one session. It gives no credentials to the next person in this tab. */
export function clerkIdentity(clerk: Clerk, session: Session): Identity & { account: Account } {
  return {
    async headers() {
      const token = clerk.session?.id === session.id ? await fromClerk(clerk.session.getToken()) : null;
      return token ? { Authorization: `Bearer ${token}` } : null;
    },
    account: accountOf(clerk, session),
  };
}

/** Goes to Clerk's sign-in page, which returns to this URL. */
export async function signIn(clerk: Clerk): Promise<void> {
  forgetPerson();
  await fromClerk(clerk.redirectToSignIn({ redirectUrl: location.href }));
}

function accountOf(clerk: Clerk, session: Session): Account {
  return {
    organizations: session.user.organizationMemberships.map(({ organization: { id, name } }) => ({ id, name })),
    others: () => othersBeside(clerk, session),
    switchOrganization: (id) => fromClerk(clerk.setActive({ organization: id })),
    switchPerson: (sessionId) => fromClerk(clerk.setActive({ session: sessionId })),
    signIn: () => signIn(clerk),
    // Without a callback the page would be reloaded.
    signOut: () => fromClerk(clerk.signOut(() => {}, { sessionId: session.id })),
  };
}

function othersBeside(clerk: Clerk, session: Session): OtherPerson[] {
  const sessions = clerk.client?.signedInSessions ?? [];
  return sessions
    .filter(({ user }) => user.id !== session.user.id)
    .map(({ id, user }) => ({ sessionId: id, name: user.fullName ?? user.id }));
}
