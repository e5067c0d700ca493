import { button, element } from "../../../web/src/dom";
import { icon } from "./icons";

/** Shown instead of the board: a message, and buttons for what can be done about it. */
function message(title: string, text: string, ...actions: HTMLElement[]): HTMLElement {
  const heading = element("h1", { tabindex: "-1" }, title);
  const card = element("div", { class: "card" }, logo(), heading, element("p", {}, text));
  if (actions.length > 0) card.append(element("div", { class: "actions" }, ...actions));
  return element("main", { class: "welcome" }, card);
}

export function signedOutView(onSignIn: () => void): HTMLElement {
  const text = "Sign in to get back to your tasks. A task that was open opens again.";
  return message("You are signed out", text, button({ class: "primary" }, onSignIn, "Sign in"));
}

/** For a page that cannot redirect to the sign-in page, because the server has no publishable key of Clerk. */
export function notSignedInView(): HTMLElement {
  const text =
    "Sign in to your application, then load this page again. It cannot redirect you, because its server has no " +
    "CLERK_PUBLISHABLE_KEY.";
  return message("You are signed out", text, reloadButton());
}

/** Clerk and the server disagree; signing in once more would not help. */
export function notAcceptedView(onSignOut: () => void): HTMLElement {
  const text =
    "Clerk says that you are signed in, but this server did not accept your session. Its keys may be of another " +
    "Clerk instance.";
  return message("You are not let in", text, reloadButton(), button({}, onSignOut, "Sign out"));
}

/** The person has to complete a task at Clerk before the session is valid. */
export function unfinishedView(onContinue: () => void): HTMLElement {
  return message("One more step", "Your sign-in is not complete yet.", button({ class: "primary" }, onContinue, "Continue"));
}

export function failureView(title: string, reason: string): HTMLElement {
  return message(title, reason, reloadButton());
}

export function logo(): HTMLElement {
  return element("span", { class: "logo" }, icon("board"));
}

function reloadButton(): HTMLElement {
  return button({ class: "primary" }, () => location.reload(), "Try again");
}
