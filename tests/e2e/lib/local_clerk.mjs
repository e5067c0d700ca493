// The local Clerk of a demo, without a page: what the sign-in page and Clerk's browser SDK do, in order.

import { createHash } from "node:crypto";

/** Signs somebody in to this visitor's browser, which then has the cookies that Clerk's browser SDK leaves. */
export async function signIn(visitor, userId) {
  const { clerk } = await json(visitor.fetch("/sign-in/people"));
  const isDevelopment = clerk.publishableKey.startsWith("pk_test_");
  const query = isDevelopment ? `?__clerk_db_jwt=${await devBrowser(visitor, clerk)}` : "";
  const { ticket } = await json(visitor.post(`/sign-in/tickets/${userId}`));
  const { client } = await json(visitor.post(`${clerk.proxyUrl}/v1/client/sign_ins${query}`, { strategy: "ticket", ticket }));
  const session = client.sessions.find(({ id }) => id === client.last_active_session_id);
  setCookie(visitor, clerk, "__session", session.last_active_token.jwt);
  if (isDevelopment) setCookie(visitor, clerk, "__client_uat", Math.floor(client.updated_at / 1000));
  return session;
}

async function devBrowser(visitor, clerk) {
  const known = visitor.cookies.get("__clerk_db_jwt");
  if (known) return known.value;
  const { id } = await json(visitor.post(`${clerk.proxyUrl}/v1/dev_browser`));
  setCookie(visitor, clerk, "__clerk_db_jwt", id);
  return id;
}

/** By both of its names: the second one tells instances at one origin apart. */
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
