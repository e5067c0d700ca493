/** Whom the page acts for, as far as its requests are concerned. */
export interface Identity {
  /** The credentials of one request; null when nobody is signed in any more. */
  headers(): Promise<Record<string, string> | null>;
  /** What can be done about it here; absent on a page without Clerk's SDK. */
  account?: Account;
}

/** One person's place at Clerk, in this tab. */
export interface Account {
  organizations: Organization[];
  /** Who else is signed in in this browser. */
  others(): OtherPerson[];
  /** Null: none, only what is the person's own. */
  switchOrganization(id: string | null): Promise<void>;
  switchPerson(sessionId: string): Promise<void>;
  /** Leaves the page to sign in, and comes back to it. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

export interface Organization {
  id: string;
  name: string;
}

export interface OtherPerson {
  sessionId: string;
  name: string;
}

/** The browser sends the session cookie by itself, and whatever set it keeps it fresh. */
export const cookieIdentity: Identity = { headers: async () => ({}) };
