import { button, element } from "../../../web/src/dom";

/**
 * A button that shows and hides choices, which are created each time they are shown. They are hidden by Escape, by
 * choosing one, and when they lose the focus.
 */
export class Popup {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #list: HTMLElement;

  /** `id` is the id of the button; `choices` creates the choices. */
  constructor(id: string, label: Node[], choices: () => HTMLElement[]) {
    const toggle = () => (this.#isShown ? this.#hide() : this.#show(choices()));
    this.#list = element("div", { class: "popup", id: `${id}-choices` });
    const attributes = { id, class: "quiet", "aria-expanded": "false", "aria-controls": this.#list.id };
    this.#button = button(attributes, toggle, ...label);
    this.root = element("div", { class: "popup-root" }, this.#button, this.#list);
    this.#list.hidden = true;
    this.#list.addEventListener("click", () => this.#leave());
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
    this.#leave();
  }

  #leave(): void {
    this.#hide();
    this.#button.focus();
  }
}
