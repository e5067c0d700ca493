// The smallest request that still shows a problem.

import { NOW } from "./requests_tokens.mjs";

const MINTED = NOW * 1000;
/** Without these a request shows something else. */
const KEYS = ["publishableKey", "secretKey"];

/** Takes away from the line, as long as the problem stays, whatever can be taken away one by one. */
export async function shrink(line, stillFails) {
  for (let smaller = line; smaller; ) {
    line = smaller;
    smaller = undefined;
    for (const candidate of candidates(line)) {
      if (!(await stillFails(candidate))) continue;
      smaller = candidate;
      break;
    }
  }
  return line;
}

function* candidates(line) {
  for (const name of Object.keys(line.headers)) yield { ...line, headers: without(line.headers, name) };
  for (const name of Object.keys(line.options).filter((option) => !KEYS.includes(option))) yield { ...line, options: without(line.options, name) };
  const cookies = [line.headers.cookie ?? []].flat().join("; ");
  for (const cookie of fewer(cookies, /; ?/, "; ")) yield { ...line, headers: { ...line.headers, cookie } };
  const [path, query] = line.url.split("?");
  for (const rest of fewer(query, "&", "&")) yield { ...line, url: `${path}?${rest}` };
  if (query !== undefined) yield { ...line, url: path };
  if (line.backend) yield without(line, "backend");
  if (line.now !== MINTED) yield { ...line, now: MINTED };
  if (line.method !== "GET") yield { ...line, method: "GET" };
}

const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

/** The list without each of its items. */
function fewer(text, separator, joint) {
  const items = text?.split(separator) ?? [];
  return items.length < 2 ? [] : items.map((_, i) => items.filter((_, k) => k !== i).join(joint));
}
