import type { User } from "@liveblocks/client";

import { element } from "../../../web/src/dom";
import { colorOf, type Profile } from "../../../web/src/portrait";
import type { UserMeta } from "./client";
import { icon } from "./icons";
import type { Point, RoomPresence } from "./room";

type Other = User<RoomPresence, UserMeta>;

/** The pointers of the others, at the same place of the canvas as in their windows. */
export class Cursors {
  readonly #canvas: HTMLElement;
  readonly #shown = new Map<number, HTMLElement>();

  constructor(canvas: HTMLElement, tell: (cursor: Point | null) => void) {
    this.#canvas = canvas;
    canvas.addEventListener("pointermove", (event) => tell(placeOf(event, canvas.getBoundingClientRect())));
    for (const end of ["pointerleave", "pointercancel"]) canvas.addEventListener(end, () => tell(null));
  }

  show(others: readonly Other[]): void {
    const pointing = others.filter(({ presence }) => presence.cursor);
    const here = new Set(pointing.map(({ connectionId }) => connectionId));
    for (const [id, cursor] of this.#shown) {
      if (here.has(id)) continue;
      cursor.remove();
      this.#shown.delete(id);
    }
    for (const other of pointing) this.#move(other);
  }

  #move({ connectionId, id, info, presence }: Other): void {
    if (!presence.cursor) return;
    let cursor = this.#shown.get(connectionId);
    if (!cursor) {
      cursor = cursorOf(id, info);
      this.#shown.set(connectionId, cursor);
      this.#canvas.append(cursor);
    }
    cursor.style.left = `${presence.cursor.x * 100}%`;
    cursor.style.top = `${presence.cursor.y * 100}%`;
  }
}

function placeOf({ clientX, clientY }: PointerEvent, box: DOMRect): Point {
  return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}

function cursorOf(userId: string, { name }: Profile): HTMLElement {
  const cursor = element(
    "div",
    { class: "cursor", "data-testid": "cursor", "aria-hidden": "true" },
    icon("pointer"),
    element("span", {}, name),
  );
  cursor.style.setProperty("--color", colorOf(userId));
  return cursor;
}
