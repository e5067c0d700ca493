import { Clerk } from "@clerk/clerk-js/no-rhc";

export type { Clerk };

/** What a page must know of its Clerk instance. */
export interface ClerkConfig {
  publishableKey: string;
  /** Where browsers reach the Frontend API, if not at its own host. */
  proxyUrl?: string;
  /** Where people sign in, if not at Clerk's account portal. */
  signInUrl?: string;
}

type LoadOptions = NonNullable<Parameters<Clerk["load"]>[0]>;

/**
 * Loads Clerk for this page: there can be one only. `no-rhc` is the build that loads no code from elsewhere, and it has
 * no sign-in forms: people sign in at `signInUrl`. `selectInitialSession` says who the page is for where several people
 * are signed in; without it, the last of them.
 */
export async function loadClerk(
  { publishableKey, proxyUrl, signInUrl }: ClerkConfig,
  { selectInitialSession }: Pick<LoadOptions, "selectInitialSession"> = {},
): Promise<Clerk> {
  const clerk = new Clerk(publishableKey, proxyUrl ? { proxyUrl } : {});
  await clerk.load({
    telemetry: false,
    unsafe_disableDevelopmentModeConsoleWarning: true,
    ...(signInUrl ? { signInUrl } : {}),
    ...(selectInitialSession ? { selectInitialSession } : {}),
  });
  return clerk;
}
