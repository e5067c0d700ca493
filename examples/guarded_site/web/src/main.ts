import { type Clerk, loadClerk } from "../../../web/src/clerk";
import { type Account, showAccount, showFailure, showNobody } from "./account";
import { clerkConfigOfPage } from "./page";

// While this page is open, Clerk's browser SDK renews the session cookie, so that pages need no redirects to Clerk.

function accountOf({ user, organization }: Clerk): Account | undefined {
  if (!user) return undefined;
  return {
    id: user.id,
    name: user.fullName ?? user.id,
    avatar: user.imageUrl,
    organizations: user.organizationMemberships.map(({ organization: { id, name } }) => ({ id, name })),
    organization: organization?.id ?? null,
  };
}

/** Shows who is signed in. If that changes, the page is reloaded, and the server decides. */
function follow(clerk: Clerk): void {
  let isLeaving = false;
  let shown: string | undefined;
  const signOut = () => {
    isLeaving = true;
    clerk.signOut({ redirectUrl: "/" }).catch(showFailure);
  };
  const switchTo = (organization: string) => {
    isLeaving = true;
    const reload = () => location.reload();
    clerk.setActive({ organization }).then(reload, reload);
  };
  clerk.addListener(({ user }) => {
    // The user is undefined during a change.
    if (isLeaving || user === undefined) return;
    const account = accountOf(clerk);
    if (!account && shown) return location.reload();
    // This is also called for each new token. Unchanged buttons must not be replaced while somebody uses them.
    const state = JSON.stringify(account);
    if (account && state !== shown) showAccount(account, { switchTo, signOut });
    if (!account) showNobody(clerk.buildSignInUrl({ redirectUrl: location.href }));
    shown = state;
  });
}

function markPlace(): void {
  document.querySelector(`nav a[href="${location.pathname}"]`)?.setAttribute("aria-current", "page");
}

markPlace();
loadClerk(clerkConfigOfPage()).then(follow, showFailure);
