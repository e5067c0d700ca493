/**
 * The smallest value that can be had from `value` by leaving things out, one after the other, such that `isBad` holds
 * after every step. `findBad(values)` returns the first of the values that is bad, if any.
 */
export function shrink(value, findBad) {
  for (let smaller = value; smaller !== undefined; smaller = findBad(smallerThan(value))) value = smaller;
  return value;
}

function smallerThan(value) {
  if (typeof value === "string") return smallerTexts(value);
  if (typeof value === "number") return [0, 1, Math.trunc(value / 2)].filter((n) => Math.abs(n) < Math.abs(value));
  if (Array.isArray(value)) return smallerLists(value);
  if (value !== null && typeof value === "object") return smallerObjects(value);
  return [];
}

function smallerTexts(text) {
  const characters = [...text];
  const half = characters.length >> 1;
  const halves = half > 0 ? [characters.slice(0, half), characters.slice(half)] : [];
  const cuts = characters.map((_, i) => characters.toSpliced(i, 1));
  return [...halves, ...cuts].map((kept) => kept.join(""));
}

function smallerLists(list) {
  const shorter = list.map((_, i) => list.toSpliced(i, 1));
  return [...shorter, ...list.flatMap((item, i) => smallerThan(item).map((smaller) => list.with(i, smaller)))];
}

function smallerObjects(object) {
  const without = (name) => Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
  const names = Object.keys(object);
  const shorter = names.map(without);
  return [
    ...shorter,
    ...names.flatMap((name) => smallerThan(object[name]).map((smaller) => ({ ...object, [name]: smaller }))),
  ];
}
