import type { Workspace } from "./workspace";

/** What the page shows: a message or somebody's workspace, which is left as soon as anything else is shown. */
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
    // The focus was on something that is gone; readers of the screen are told what came instead.
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
