import { button, element } from "../../../web/src/dom";
import { portrait } from "../../../web/src/portrait";

export interface Organization {
  id: string;
  name: string;
}

export interface Account {
  id: string;
  name: string;
  avatar: string;
  organizations: Organization[];
  /** The id of the active organization; null if there is none. */
  organization: string | null;
}

export interface Actions {
  switchTo(organization: string): void;
  signOut(): void;
}

const place = document.getElementById("account")!;

/** Shows who is signed in, with buttons to switch the organization and to sign out. */
export function showAccount(account: Account, { switchTo, signOut }: Actions): void {
  place.replaceChildren(
    portrait(account.id, account),
    element("strong", {}, account.name),
    ...(account.organizations.length > 1 ? [organizationSelect(account, switchTo)] : []),
    button({}, signOut, "Sign out"),
  );
}

export function showNobody(signInUrl: string): void {
  place.replaceChildren(element("a", { class: "button", href: signInUrl }, "Sign in"));
}

export function showFailure(): void {
  place.replaceChildren("Clerk cannot be reached, so nobody can sign out now.");
}

function organizationSelect({ organizations, organization }: Account, switchTo: (id: string) => void): HTMLElement {
  const select = element("select", { "aria-label": "Organization" });
  for (const { id, name } of organizations) {
    select.append(element("option", { value: id, ...(id === organization ? { selected: "" } : {}) }, name));
  }
  select.addEventListener("change", () => switchTo(select.value));
  return select;
}
