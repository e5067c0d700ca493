/**
 * The page from which people came, or the front page. A server puts its URL into the query, Clerk's browser SDK into the
 * fragment. Anybody can write such a URL, so only pages of this site are accepted.
 */
export function wayBack(address: URL): string {
  const asked = address.searchParams.get("redirect_url") || queryOfFragment(address).get("redirect_url");
  return asked && isOfThisSite(asked, address) ? new URL(asked, address).href : `${address.origin}/`;
}

function queryOfFragment({ hash }: URL): URLSearchParams {
  return new URLSearchParams(hash.includes("?") ? hash.slice(hash.indexOf("?")) : "");
}

function isOfThisSite(asked: string, address: URL): boolean {
  // The origin is not sufficient: a blob has the same one, and so does a URL with a password.
  return URL.canParse(asked, address) && new URL(asked, address).href.startsWith(`${address.origin}/`);
}

/** Replaces the return URL in the address: Clerk's browser SDK reads it, too, and does not load if it is invalid. */
export function keepWayBack(place: string): void {
  history.replaceState(null, "", `${location.pathname}?${new URLSearchParams({ redirect_url: place })}`);
}
