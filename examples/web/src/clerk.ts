import { Clerk } from "@clerk/clerk-js/no-rhc";

/** What a page must know of its Clerk instance. */
export interface ClerkConfig {
  publishableKey: string;
  /** Where browsers reach the Frontend API, if not at its own host. */
  proxyUrl?: string;
  /** Where people sign in, if not at Clerk's account portal. */
  signInUrl?: string;
}

/**
 * Loads Clerk for this page: there can be one only. `no-rhc` is the build that loads no code from elsewhere, and it has
 * no sign-in forms: people sign in at `signInUrl`.
 */
export async function loadClerk({ publishableKey, proxyUrl, signInUrl }: ClerkConfig): Promise<Clerk> {
  const clerk = new Clerk(publishableKey, proxyUrl ? { proxyUrl } : {});
  await clerk.load({
    telemetry: false,
    unsafe_disableDevelopmentModeConsoleWarning: true,
    ...(signInUrl ? { signInUrl } : {}),
  });
  return clerk;
}
