// Somebody who is signed in at the local Clerk of a demo, and asks for tokens as Clerk's browser SDK does.

import { signIn } from "./local_clerk.mjs";
import { Visitor } from "./visitor.mjs";

export class LocalSession {
  #visitor;
  #tokens;

  static async create(site, userId) {
    const session = new LocalSession();
    session.#visitor = new Visitor(site);
    const { id } = await signIn(session.#visitor, userId);
    const devBrowser = session.#visitor.cookies.get("__clerk_db_jwt");
    session.#tokens = `/__clerk/v1/client/sessions/${id}/tokens${devBrowser ? `?__clerk_db_jwt=${devBrowser.value}` : ""}`;
    return session;
  }

  /** A new token, of the session's organization or of the one that is named; null: of none. */
  async token(organizationId) {
    const form = organizationId === undefined ? {} : { organization_id: organizationId ?? "" };
    const answer = await this.#visitor.post(this.#tokens, form);
    if (!answer.ok) throw new Error(`the local Clerk answered ${answer.status} to a request for a token`);
    return (await answer.json()).jwt;
  }
}
