// Clerk's account portal: where people sign in, outside of the pages of an application.

import assert from "node:assert/strict";

/** Signs in like the portal, in a browser profile. Returns the query with which it redirects back to the application. */
export async function signInAtPortal({ clerk, url }, context, userId) {
  const ask = async (path, form = {}) => {
    const headers = { Origin: url, "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await fetch(`${clerk.proxyUrl}/v1${path}`, { method: "POST", headers, body: new URLSearchParams(form) });
    assert.equal(answer.status, 200);
    await context.addCookies(answer.headers.getSetCookie().map((line) => cookieOf(line, url)));
    return answer.json();
  };
  const isDevelopment = clerk.publishableKey.startsWith("pk_test_");
  const query = isDevelopment ? `?__clerk_db_jwt=${(await ask("/dev_browser")).id}` : "";
  await ask(`/client/sign_ins${query}`, { strategy: "ticket", ticket: await clerk.ticket(userId) });
  return query;
}

function cookieOf(line, url) {
  const [pair] = line.split(";");
  return { name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1), url };
}
