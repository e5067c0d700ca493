type Attributes = Record<string, string>;
type Child = Node | string;

/** Creates an element. Strings become text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const result = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) result.setAttribute(name, value);
  result.append(...children);
  return result;
}

export function button(attributes: Attributes, onClick: () => void, ...children: Child[]): HTMLButtonElement {
  const result = element("button", { type: "button", ...attributes }, ...children);
  result.addEventListener("click", onClick);
  return result;
}

const filledWith = new WeakMap<HTMLElement, string>();

/** Replaces the content of a place, unless it already has the content with that `key`: then the focus stays. */
export function refill(place: HTMLElement, key: unknown, children: () => Child[]): void {
  const text = JSON.stringify(key);
  if (filledWith.get(place) === text) return;
  filledWith.set(place, text);
  place.replaceChildren(...children());
}
