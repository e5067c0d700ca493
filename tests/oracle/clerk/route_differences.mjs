// Where route patterns are meant to refuse what @clerk/shared accepts or matches, and why. docs/differences.md tells it
// in prose.

/** Patterns that only the vendor accepts. `says` is part of our message. */
export const REFUSED_PATTERNS = [
  { why: "a pattern that matches nothing is a mistake", says: "it must begin with /", example: "foo" },
  { why: "groups: look-around is not regular, captures are of no use", says: "only groups that begin with (?:", example: "/((?!api).*)" },
  { why: "anchors; characters that must be escaped elsewhere", says: "anchors are not supported", example: "/(.+\\.css$)" },
  { why: "no `\\b`, back-references, and characters by their number", says: "this escape is not supported", example: "/(\\bfoo)" },
  { why: "an empty class matches nothing, or line ends, too", says: "an empty class", example: "/([^]*)" },
  { why: "a brace that is no number of repetitions", says: "not a number of repetitions", example: "/(a{x)" },
  { why: "a bracket must be closed where it was opened", says: "a [ without a ]", example: "/a([)b(])" },
  { why: "the other cases of what is excluded are not known beyond ASCII", says: "only ASCII can be excluded", example: "/([^\u00e9])" },
  { why: "the same for text that ends a parameter", says: "text between two parameters must be ASCII", example: "/:a\u3001:b" },
  { why: "a backslash escapes something", says: "a backslash at the end", example: "/a\\" },
  { why: "programs are bounded", says: "too complex", example: "/((?:a{100}){100})" },
  { why: "the same", says: "too many repetitions", example: "/(a{3000})" },
];

const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
};

/** What a pattern is to us that ends with `(.*)`. */
export const withSubtree = (pattern) => pattern.replace(/(\{\(\.\*\)\}|\(\.\*\))\??$/, "{/(.*)}?");

/** Paths that only the vendor matches. Each applies to the pairs of some kind, one of which is the example. */
export const REFUSED_PATHS = [
  {
    why: "what does not begin with a slash is no path",
    applies: ({ path }) => !path.startsWith("/"),
    example: { pattern: ":id", path: "x" },
  },
  {
    why: "line ends and control characters have no place in a path",
    applies: ({ path }) => /[\0-\x1f\x7f-\x9f\u2028\u2029]/.test(decoded(path)),
    example: { pattern: "/admin/:path*", path: "/admin/%0Ax" },
  },
  {
    why: "some take a backslash for a slash",
    applies: ({ path }) => decoded(path).includes("\\"),
    example: { pattern: "/files/(.*)", path: "/files/a%5Cb" },
  },
  {
    why: "some take an escaped slash for a slash",
    applies: ({ path }) => /%2f/i.test(path),
    example: { pattern: "/user/:id", path: "/user/a%2Fb" },
  },
  {
    why: "some take what follows a semicolon for a parameter",
    applies: ({ path }) => decoded(path).includes(";"),
    example: { pattern: "/api/:path*", path: "/api/admin;x" },
  },
  {
    why: "some collapse slashes, some do not",
    applies: ({ path }) => path.includes("//"),
    example: { pattern: "/foo", path: "//foo" },
  },
  {
    why: "some resolve dot segments, some do not",
    applies: ({ path }) => decoded(path).split("/").some((segment) => segment === "." || segment === ".."),
    example: { pattern: "/files/(.*)", path: "/files/%2e%2e/secret" },
  },
  {
    why: "some decode twice",
    applies: ({ path }) => /%[0-9a-f]{2}/i.test(decoded(path)),
    example: { pattern: "/:path*", path: "/%2561dmin" },
  },
  {
    why: "escaped delimiters: some decode them, some do not, and both readings must match",
    applies: ({ path, test }) => decoded(path) !== decodeURI(path) && !(test(decoded(path)) && /[^#?]$/.test(decoded(path))),
    example: { pattern: "/([^:]+)", path: "/a%3Ab" },
  },
  {
    why: "an ending (.*) begins a segment",
    applies: ({ pattern, path, testOther }) => {
      const other = withSubtree(pattern);
      return other !== pattern && ![decodeURI(path), decoded(path)].every((reading) => testOther(other, reading));
    },
    example: { pattern: "/dashboard(.*)", path: "/dashboardxyz" },
  },
  {
    why: "a path is bounded",
    applies: ({ path }) => path.length > 4096,
    example: { pattern: "/:path*", path: "/" + "a".repeat(4096) },
  },
  {
    why: "without regard to case is without regard to that of ASCII letters",
    applies: ({ pattern, path, isCaseSensitiveMatch }) =>
      /[^\0-\x7f]/.test(pattern) && !isCaseSensitiveMatch(decodeURI(path)),
    example: { pattern: "/\u00e9", path: "/%C3%89" },
  },
];
