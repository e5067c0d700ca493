/**
 * Where people came from, or the front page. A server names the place in the query, Clerk's browser SDK in the fragment.
 * Anybody can write such an address, so it leads nowhere but to pages of this site.
 */
export function wayBack(address: URL): string {
  const asked = address.searchParams.get("redirect_url") || queryOfFragment(address).get("redirect_url");
  return asked && isOfThisSite(asked, address) ? new URL(asked, address).href : `${address.origin}/`;
}

function queryOfFragment({ hash }: URL): URLSearchParams {
  return new URLSearchParams(hash.includes("?") ? hash.slice(hash.indexOf("?")) : "");
}

function isOfThisSite(asked: string, address: URL): boolean {
  // Not by the origins: that of a blob is the same, and that of a URL with a password, too.
  return URL.canParse(asked, address) && new URL(asked, address).href.startsWith(`${address.origin}/`);
}

/** Leaves no other place in the address: Clerk's browser SDK reads it, too, and does not load where it is no URL. */
export function keepWayBack(place: string): void {
  history.replaceState(null, "", `${location.pathname}?${new URLSearchParams({ redirect_url: place })}`);
}
