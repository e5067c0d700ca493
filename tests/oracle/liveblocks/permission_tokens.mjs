// Tokens in the forms they may have, and with what may be wrong with them.

const encoded = (text, charset = "utf8") => Buffer.from(text, charset);

/** Bytes of a payload as the middle part of a token, by name. */
export const TOKEN_FORMS = {
  base64url: (text) => encoded(text).toString("base64url"),
  base64: (text) => encoded(text).toString("base64"),
  "with blanks": (text) => encoded(text).toString("base64url").replace(/(.{20})/g, "$1 \n"),
  "Latin-1": (text) => encoded(text, "latin1").toString("base64"),
  "Latin-1 in base64url": (text) => encoded(text, "latin1").toString("base64url"),
  "UTF-16": (text) => encoded(text, "utf16le").toString("base64url"),
};

const change = (edit) => (text) => {
  const claims = JSON.parse(text);
  edit(claims);
  return JSON.stringify(claims);
};
const addScope = (scope) => change(({ perms }) => perms && (perms.r = ["*:read", scope]));

/** What is done to the text of a payload, by name. */
export const TOKEN_FAULTS = {
  none: (text) => text,
  "no JSON": (text) => text.slice(1),
  "white space": (text) => ` ${text.replace(/,"/g, ',\n"')}\t`,
  "a byte order mark": (text) => `\ufeff${text}`,
  "no object": () => "[]",
  "text behind it": (text) => `${text}x`,
  "an unknown scope": addScope("comments:delete"),
  "a scope in another case": addScope("*:WRITE"),
  "a scope that is a number": addScope(5),
  "scopes that are no list": change(({ perms }) => perms && (perms.r = "*:read")),
  "no permissions": change((claims) => delete claims.perms),
  "permissions of null": change((claims) => claims.perms && (claims.perms = null)),
  "another kind": change((claims) => (claims.k = "sec-legacy")),
  "no kind": change((claims) => delete claims.k),
  "hardly any claims": change((claims) => ["pid", "uid", "ui", "iat", "exp", "jti", "gids"].forEach((name) => delete claims[name])),
  "further claims": change((claims) => (claims.mcpr = 20)),
  "a member twice": (text) => text.replace('"pid"', '"pid":"first","pid"'),
  "half a character": (text) => text.replace('"pid":"', '"pid":"\\ud83d'),
  "an endless number": (text) => text.replace('"pid"', '"mcpr":1e999,"pid"'),
  "deep nesting": (text) => text.replace('"pid"', `"mcpr":${"[".repeat(64)}${"]".repeat(64)},"pid"`),
  "a claim of another type": change((claims) => (claims.pid = 5)),
  "permissions in a list": change((claims) => claims.perms && (claims.perms = [])),
  "more than 64 KiB": change((claims) => (claims.ui = "x".repeat(65536))),
};

export function tokenOf({ claims, form, fault }) {
  return `${btoa('{"alg":"none","typ":"JWT"}')}.${TOKEN_FORMS[form](TOKEN_FAULTS[fault](JSON.stringify(claims)))}.`;
}

/** Tokens that one reads and the other does not, by fault or form. docs/differences.md says why. */
export const ONLY_VENDOR = ["a member twice", "half a character", "an endless number", "deep nesting", "a claim of another type",
  "permissions in a list", "more than 64 KiB"];
export const ONLY_OURS = ["Latin-1 in base64url"];
