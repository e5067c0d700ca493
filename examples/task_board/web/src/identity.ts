/** On whose behalf the page sends its requests. */
export interface Identity {
  /** The headers with the credentials of one request; null if nobody is signed in any more. */
  headers(): Promise<Record<string, string> | null>;
  /** The account of the person; absent on a page without Clerk's SDK. */
  account?: Account;
}

/** The Clerk account of one person, in this tab. */
export interface Account {
  organizations: Organization[];
  /** Other people who are signed in in this browser. */
  others(): OtherPerson[];
  /** Null for no organization: only the person's own tasks. */
  switchOrganization(id: string | null): Promise<void>;
  switchPerson(sessionId: string): Promise<void>;
  /** Goes to the sign-in page, which returns to this page. */
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

/** The browser sends the session cookie. Whatever has set the cookie also renews it. */
export const cookieIdentity: Identity = { headers: async () => ({}) };
