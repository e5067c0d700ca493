// Patterns of routes and paths, at random from a seed.

import { Random } from "../random.mjs";

/** Parts of patterns, each with texts that it, or nearly it, matches. */
const PIECES = [
  ["/", ["/"]],
  ["/foo", ["/foo", "/fo%6f", "/FOO"]],
  ["/a.b", ["/a.b", "/axb"]],
  ["/api/admin", ["/api/admin", "/api/%61dmin"]],
  ["/\u65e5", ["/\u65e5", "/%E6%97%A5"]],
  ["/\\:x\\(y\\)", ["/:x(y)", "/%3Ax(y)"]],
  ["/:id", ["/1", "/a-b", "/\u{1F600}", "/a%40b", "/a%3Fb"]],
  ["/:id*", ["", "/a", "/a/b/c"]],
  ["/:id+", ["/a", "/a/b", ""]],
  ["/:id?", ["", "/a"]],
  ["/:id(\\d+)", ["/12", "/1a"]],
  ["/:id([0-9a-f]{2,4})", ["/a1", "/ABC", "/12345"]],
  ["/(api|trpc)", ["/api", "/trpc", "/ap"]],
  ["/((?:a|bc)+d?)", ["/abca", "/bcd", "/"]],
  ["/([^a-c/]+)", ["/xyz", "/XbX", "/d%3Ae"]],
  ["/([\\w-]+?)", ["/a_b-c", "/a~b"]],
  ["/(\\S*\\D\\W)", ["/aa-", "/1", "/ -"]],
  ["/([a\\].-]??)", ["/a", "/]", "/-"]],
  ["/(.)", ["/x", "/\u{1F600}"]],
  ["/(a{2})", ["/aa", "/a"]],
  ["/(.*)", ["/", "/a", "/a/b"]],
  ["(.*)", ["", "/a/b", "x"]],
  ["(.*)?", ["", "/a"]],
  ["(.+)", ["x", "/x"]],
  ["{/b}?", ["", "/b"]],
  ["{/b}*", ["", "/b/b"]],
  ["{/:x}+", ["/x", "/x/y"]],
  ["{(.*)}", ["", "/a", "x"]],
  ["{-:b}?", ["-x", "-"]],
  ["-:b", ["-x", "-x-y"]],
  [".:ext", [".html", ".tar.gz"]],
  ["and:b", ["andx", "andxANDy"]],
];

/** Parts that are refused by one of the two, or by both. */
const ODD_PIECES = ["*", "+", "?", "/*", "/:", "/()", "(.*)+", ":a:b", "/((?!api).*)", "/(.+\\.css$)", "/(\\bfoo)", "/((?:a)\\1)",
  "/([^\u00e9])", "/:a\u3001:b", "/([])", "/(a])", "/(a{)", "/(\\x41)", "\\", "{", "}", "/(", ")", "/([b-a])", "/(a**)", "/([)b(])"];

/** What is done to paths to get around a pattern. */
const TRICKS = ["//", "/", "/./", "/../", "/..", "/.", "%2e%2E", "%2F", "%2f", "\\", "%5C", ";x", "%3B", "%00", "%0A", "%0D", "%E2%80%A8",
  "%7F", "%C2%85", "\u2029", "%", "%zz", "%C3", "%25", "%2561", "%252F", "%25%34%31", "%3A", "%3f", "%23", "%26", "%20", " ", "x", "/x", "%C3%A9"];

/** That many pairs, no two of them the same. */
export function randomRoutes(seed, count) {
  const random = new RandomRoutes(seed);
  const pairs = new Map();
  while (pairs.size < count) {
    const pair = random.pair();
    pairs.set(JSON.stringify(pair), pair);
  }
  return [...pairs.values()];
}

class RandomRoutes extends Random {
  pair() {
    const pieces = [this.pick(PIECES), ...this.list(3, () => this.pick(PIECES))];
    return { pattern: this.pattern(pieces), path: this.path(pieces) };
  }

  pattern(pieces) {
    const texts = pieces.map(([text]) => text);
    if (this.oneIn(12)) texts.splice(this.below(texts.length + 1), 0, this.pick(ODD_PIECES));
    const pattern = texts.join("");
    return this.oneIn(15) ? this.changed(pattern, () => this.pick([..."/:(){}*+?\\[]^-.|aZ1"])) : pattern;
  }

  path(pieces) {
    const others = this.oneIn(5) ? [this.pick(PIECES), ...pieces.slice(1)] : pieces;
    let path = others.map(([, samples]) => this.pick(samples)).join("");
    if (!path.startsWith("/") && !this.oneIn(20)) path = "/" + path;
    for (let i = this.pick([0, 0, 0, 1, 1, 2]); i > 0; --i) path = this.changed(path, () => this.trick());
    return path;
  }

  trick() {
    if (!this.oneIn(3)) return this.pick(TRICKS);
    const code = this.pick([..."fooadmin/1"]).charCodeAt(0).toString(16);
    return "%" + (this.oneIn(2) ? code : code.toUpperCase());
  }

  /** With something put in somewhere, or put in the place of a character. */
  changed(text, something) {
    const characters = [...text];
    characters.splice(this.below(characters.length + 1), this.below(2), something());
    return characters.join("");
  }
}
