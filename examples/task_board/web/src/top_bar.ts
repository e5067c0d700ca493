import { button, element } from "../../../web/src/dom";
import { portrait } from "../../../web/src/portrait";
import type { Board, Person } from "./api";
import { icon } from "./icons";
import type { Account } from "./identity";
import { logo } from "./messages";
import { Popup } from "./popup";

/** The actions of the bar. If one fails, the page shows a message. */
export type Try = (work: Promise<unknown>) => void;

export function topBar(board: Board, account: Account | undefined, attempt: Try, onSwitch: () => void): HTMLElement {
  const bar = element("header", { class: "top" }, logo(), element("h1", {}, "Task board"));
  if (account && account.organizations.length > 0) bar.append(organizationSelect(board, account, attempt, onSwitch));
  if (account) bar.append(accountPopup(board.user, account, attempt));
  else bar.append(element("span", { class: "me" }, ...label(board.user)));
  return bar;
}

function organizationSelect(board: Board, account: Account, attempt: Try, onSwitch: () => void): HTMLElement {
  const options = account.organizations.map(({ id, name }) => element("option", { value: id }, name));
  const select = element(
    "select",
    { id: "organization", "aria-label": "Organization" },
    ...options,
    element("option", { value: "" }, "Personal"),
  );
  select.value = board.organization?.id ?? "";
  select.addEventListener("change", () => {
    onSwitch();
    attempt(account.switchOrganization(select.value || null));
  });
  return element("span", { class: "select" }, select, icon("chevron"));
}

function accountPopup(user: Person, account: Account, attempt: Try): HTMLElement {
  const choice = (text: string, work: () => Promise<void>) =>
    button({ class: "quiet" }, () => attempt(work()), text);
  const choices = () => [
    element("p", { class: "signed-in" }, "Signed in as ", element("strong", {}, user.name)),
    ...account.others().map(({ sessionId, name }) => choice(`Switch to ${name}`, () => account.switchPerson(sessionId))),
    choice("Add another person", () => account.signIn()),
    choice("Sign out", () => account.signOut()),
  ];
  return new Popup("account", [...label(user), icon("chevron")], choices).root;
}

function label(user: Person): HTMLElement[] {
  return [portrait(user.id, user), element("span", { class: "name" }, user.name)];
}
