// The local Clerk of a demo, without a page: the requests of the sign-in page and of Clerk's browser SDK, in order.

import { createHash } from "node:crypto";

import { Visitor } from "./visitor.mjs";

/** Signs somebody in to this visitor's browser, which then has the cookies that Clerk's browser SDK sets. */
export async function signIn(visitor, userId) {
  const { clerk } = await json(visitor.fetch("/sign-in/people"));
  return signInWith(visitor, clerk, async () => (await json(visitor.post(`/sign-in/tickets/${userId}`))).ticket);
}

/** The same at the instance with that `publishableKey` and `proxyUrl`; `getTicket()` resolves with a ticket. */
export async function signInWith(visitor, clerk, getTicket) {
  const isDevelopment = clerk.publishableKey.startsWith("pk_test_");
  if (isDevelopment) await beKnown(visitor, clerk);
  const ticket = await getTicket();
  const signIns = `${clerk.proxyUrl}/v1/client/sign_ins${devBrowserQuery(visitor)}`;
  const { client } = await json(visitor.post(signIns, { strategy: "ticket", ticket }));
  const session = client.sessions.find(({ id }) => id === client.last_active_session_id);
  setCookie(visitor, clerk, "__session", session.last_active_token.jwt);
  if (isDevelopment) setCookie(visitor, clerk, "__client_uat", Math.floor(client.updated_at / 1000));
  return session;
}

/** Somebody who is signed in in their own browser, and requests tokens. */
export class LocalSession {
  #visitor;
  #tokens;

  static async create(site, userId) {
    const session = new LocalSession();
    session.#visitor = new Visitor(site);
    const { id } = await signIn(session.#visitor, userId);
    session.#tokens = `/__clerk/v1/client/sessions/${id}/tokens${devBrowserQuery(session.#visitor)}`;
    return session;
  }

  /** Returns a new token, for the organization of the session or the given one; null for no organization. */
  async token(organizationId) {
    const form = organizationId === undefined ? {} : { organization_id: organizationId ?? "" };
    const { jwt } = await json(this.#visitor.post(this.#tokens, form));
    return jwt;
  }
}

/** Development instances identify browsers by a cookie of the page, and by the query of each request. */
async function beKnown(visitor, clerk) {
  if (visitor.cookies.has("__clerk_db_jwt")) return;
  const { id } = await json(visitor.post(`${clerk.proxyUrl}/v1/dev_browser`));
  setCookie(visitor, clerk, "__clerk_db_jwt", id);
}

function devBrowserQuery(visitor) {
  const devBrowser = visitor.cookies.get("__clerk_db_jwt");
  return devBrowser ? `?__clerk_db_jwt=${devBrowser.value}` : "";
}

/** Sets a cookie under both names: the second one distinguishes instances at one origin. */
function setCookie(visitor, { publishableKey }, name, value) {
  const suffix = createHash("sha1").update(publishableKey).digest("base64url").slice(0, 8);
  visitor.setCookie(name, value);
  visitor.setCookie(`${name}_${suffix}`, value);
}

async function json(answer) {
  const { ok, url, status } = await answer;
  if (!ok) throw new Error(`${url} answered ${status}`);
  return (await answer).json();
}
