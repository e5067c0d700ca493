const SVG = "http://www.w3.org/2000/svg";

/** Each icon is one path in a box of 24 by 24. */
const PATHS = {
  back: "M15.4 5.4 14 4l-8 8 8 8 1.4-1.4L8.8 12z",
  board: "M4 4h6v16H4zm10 0h6v10h-6z",
  chevron: "M6.7 8.6 12 13.9l5.3-5.3 1.4 1.4L12 16.7 5.3 10z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
  lock: "M7 10V7a5 5 0 0 1 10 0v3h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1" +
    "H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2 0h6V7a3 3 0 0 0-6 0z",
  pointer: "M4 2.5 20 11l-7.2 2.1L9.4 20z",
};

export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const result = document.createElementNS(SVG, "svg");
  result.setAttribute("viewBox", "0 0 24 24");
  result.setAttribute("class", "icon");
  result.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", PATHS[name]);
  result.append(shape);
  return result;
}
