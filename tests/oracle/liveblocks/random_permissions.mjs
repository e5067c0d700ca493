// Questions about permissions, at random from a seed.

import { TOKEN_FAULTS, TOKEN_FORMS } from "./permission_tokens.mjs";

const BASES = ["*:read", "*:write", "room:read", "room:write"];
const FEATURES = ["storage", "comments", "comments:public", "comments:private", "feeds"];
const OTHERS = [...FEATURES.flatMap((name) => ["read", "write", "none"].map((level) => `${name}:${level}`)), "room:presence:write"];
export const SCOPES = [...BASES, ...OTHERS];
const PIECES = ["a", "b", "ab", ":", "acme:", "1", "12", "é", "日", "😀", "*", " ", "__proto__"];
const INFOS = [undefined, null, { name: "Ada é 日 😀" }, { level: 3, tags: [1.5, "x"] }, [], "text"];

export function randomToken(random) {
  const { room, entries } = randomEntries(random, randomKey);
  const claims = { k: random.oneIn(25) ? "id" : "acc", pid: "localdev", uid: random.pick(["ada", "é???", "日", ""]) };
  if (claims.k === "acc") claims.perms = Object.fromEntries(entries);
  else claims.gids = random.list(2, () => random.pick(["g1", "g2"]));
  const ui = random.pick(INFOS);
  if (ui !== undefined) claims.ui = ui;
  Object.assign(claims, { iat: 1735689600, exp: 1735693200, jti: "S4EdKIe8Nrgw" });
  const form = random.oneIn(4) ? random.pick(Object.keys(TOKEN_FORMS)) : "base64url";
  const fault = random.oneIn(8) ? random.pick(Object.keys(TOKEN_FAULTS)) : "none";
  return { claims, form, fault, room };
}

export function randomSession(random) {
  const { room, entries } = randomEntries(random, randomSessionKey);
  return { allow: entries, room };
}

export const randomSet = (random) => ({ scopes: randomScopes(random) });

export function randomRoom(random) {
  return { default: randomScopes(random), groups: random.list(3, () => randomScopes(random)), user: randomScopes(random) };
}

function randomEntries(random, makeKey) {
  const room = Array.from({ length: 1 + random.below(4) }, () => random.pick(PIECES)).join("");
  return { room, entries: random.list(4, () => [makeKey(random, room), randomScopes(random)]) };
}

function randomScopes(random) {
  const scopes = random.list(3, () => random.pick(OTHERS));
  if (!random.oneIn(3)) scopes.splice(random.below(scopes.length + 1), 0, random.pick(BASES));
  if (random.oneIn(6)) scopes.push(random.pick(BASES));
  return scopes;
}

/** Mostly one that begins like the room. */
function beginning(random, room) {
  if (random.oneIn(8)) return random.pick(PIECES);
  const characters = [...room];
  return characters.slice(0, random.oneIn(2) ? characters.length : random.below(characters.length + 1)).join("");
}

function randomKey(random, room) {
  const characters = [...beginning(random, room)];
  const stars = random.oneIn(10) ? 2 : random.oneIn(3) ? 0 : 1;
  for (let i = 0; i < stars; i += 1) {
    characters.splice(random.oneIn(3) ? random.below(characters.length + 1) : characters.length, 0, "*");
  }
  return characters.join("");
}

function randomSessionKey(random, room) {
  return beginning(random, room.replaceAll("*", "")) + (random.oneIn(3) ? "" : "*");
}
