import { button, element } from "../../../web/src/dom";

/**
 * A button that shows and hides a list of choices, which is filled each time it is shown. It is hidden by Escape, by a
 * choice, and when the focus or a click goes elsewhere.
 */
export class Popup {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #list = element("div", { class: "popup", id: "account-choices" });

  constructor(label: Node[], choices: () => HTMLElement[]) {
    const toggle = () => (this.#isShown ? this.#hide() : this.#show(choices()));
    this.#button = button({ class: "quiet", "aria-expanded": "false", "aria-controls": this.#list.id }, toggle, ...label);
    this.root = element("div", { class: "popup-root" }, this.#button, this.#list);
    this.#list.hidden = true;
    this.#list.addEventListener("click", () => this.#hide());
    this.root.addEventListener("focusout", (event) => this.#hideUnlessInside(event.relatedTarget));
    this.root.addEventListener("keydown", (event) => this.#hideAtEscape(event));
  }

  get #isShown(): boolean {
    return !this.#list.hidden;
  }

  #show(choices: HTMLElement[]): void {
    this.#list.replaceChildren(...choices);
    this.#list.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
  }

  #hide(): void {
    this.#list.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
  }

  #hideUnlessInside(target: EventTarget | null): void {
    if (!(target instanceof Node) || !this.root.contains(target)) this.#hide();
  }

  #hideAtEscape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.#isShown) return;
    event.stopPropagation();
    this.#hide();
    this.#button.focus();
  }
}
