import { Clerk } from "@clerk/clerk-js/no-rhc";

export type { Clerk };

/** The data with which a page loads Clerk's browser SDK. */
export interface ClerkConfig {
  publishableKey: string;
  /** The URL of the Frontend API, if it is not at its own host. */
  proxyUrl?: string;
  /** The sign-in page, if it is not Clerk's account portal. */
  signInUrl?: string;
}

type LoadOptions = NonNullable<Parameters<Clerk["load"]>[0]>;

/**
 * Loads Clerk's browser SDK, once for this page. `no-rhc` is the build that loads no code from other servers. It has no
 * sign-in forms: people sign in at `signInUrl`. If several people are signed in, `selectInitialSession` chooses the
 * session of the page; by default it is the last one.
 */
export async function loadClerk(
  { publishableKey, proxyUrl, signInUrl }: ClerkConfig,
  { selectInitialSession }: Pick<LoadOptions, "selectInitialSession"> = {},
): Promise<Clerk> {
  addEventListener("beforeunload", storeCookies);
  const clerk = new Clerk(publishableKey, proxyUrl ? { proxyUrl } : {});
  await clerk.load({
    telemetry: false,
    unsafe_disableDevelopmentModeConsoleWarning: true,
    ...(signInUrl ? { signInUrl } : {}),
    ...(selectInitialSession ? { selectInitialSession } : {}),
  });
  return clerk;
}

/**
 * Waits until the browser has stored the cookies that scripts have set. Chromium stores them in the background, so that the
 * request for the next page could still contain those of before: the server would not see who has just signed in or out.
 */
function storeCookies(): void {
  // Reading comes after what was set. Some bundlers would leave out `document.cookie` alone.
  void document.cookie.length;
}
