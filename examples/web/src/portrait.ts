import { element } from "./dom";

/** What everybody in a room sees of a user, as the auth endpoint sets it. */
export interface Profile {
  name: string;
  avatar?: string;
}

const COLORS = 6;

/** The color of a person, which is the same in every browser. */
export function colorOf(userId: string): string {
  let hash = 0;
  for (const character of userId) hash = (hash * 33 + character.codePointAt(0)!) >>> 0;
  return `var(--person-${hash % COLORS})`;
}

/** A round picture, or initials if there is no picture or it cannot be loaded. */
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
