import type { Workspace } from "./workspace";

/** The content of the page: a message, or a workspace, which is closed when anything else is shown. */
export class Stage {
  readonly #root: HTMLElement;
  #workspace: Workspace | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  show(view: HTMLElement): void {
    this.#workspace?.close();
    this.#workspace = undefined;
    this.#root.replaceChildren(view);
    // The element with the focus was removed; screen readers announce the new content.
    view.querySelector<HTMLElement>("h1[tabindex]")?.focus();
  }

  open(workspace: Workspace): void {
    this.show(workspace.root);
    this.#workspace = workspace;
  }

  shows(view: HTMLElement): boolean {
    return this.#root.firstElementChild === view;
  }
}
