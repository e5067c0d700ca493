import { element } from "./dom";

/** What the auth endpoint tells everybody in a room about a user. */
export interface Profile {
  name: string;
  avatar?: string;
}

const COLORS = 6;

/** The same person has the same colour in every browser. */
export function colorOf(userId: string): string {
  let hash = 0;
  for (const character of userId) hash = (hash * 33 + character.codePointAt(0)!) >>> 0;
  return `var(--person-${hash % COLORS})`;
}

/** A round picture, or initials where there is none or none that can be shown. */
export function portrait(userId: string, { name, avatar }: Profile): HTMLElement {
  const result = element("span", { class: "portrait" });
  result.style.setProperty("--color", colorOf(userId));
  if (avatar) {
    const picture = element("img", { src: avatar, alt: "", width: "40", height: "40" });
    picture.addEventListener("error", () => result.replaceChildren(initials(name)));
    result.append(picture);
  } else {
    result.append(initials(name));
  }
  return result;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0]!.toUpperCase()).join("");
}
