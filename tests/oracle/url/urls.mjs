// Generated URLs through http::WebUrl and Node's URL. Where a text has a part that this library is meant to refuse it
// may be refused; in everything else the two agree. `^` in a path is left out: Node 20 does not escape it yet.
// Usage: node urls.mjs <url_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";

const COUNT = 20000;
const FIELDS = ["href", "origin", "protocol", "hostname", "port", "pathname"];

const SCHEMES = ["https:", "http:", "HTTPS:", "hTTp:", "https", "ftp:", "javascript:", "1a:", "a-b+c.d:", "", "", "", ""];
const SLASHES = ["//", "//", "//", "//", "/", "", "\\\\", "/\\", "///", "\\"];
const USERS = ["", "", "", "", "", "u@", "u:p@", ":@", "@", "u:@", ":p@", "a@b:c@", "ü|:[]%41@"];
const HOSTS = ["example.com", "EXAMPLE.Com", "a_b.c-d", "localhost", "h.", "1.2.3.4", "0.0.0.0", "255.255.255.255", "a.1.2.b",
  "[::1]", "[1:2:3:4:5:6:7:8]", "[0:0:1:0:0:0:1:0]", "[A::]", "[::0001:00]", "[1::2:3:4:5:6:7]", "[1:0:2:0:3:0:4:0]", "[::]",
  "", "[", "]", "[]", "[:]", "[:::]", "[1]", "[1:2:3:4:5:6:7::8]", "[12345::]", "[g::]", "[::1", "a b", "a<b", "a%20b",
  "1.2.3.256", "a.09", "1.2.3.4.5", "::1", "a]b", "xn--bcher-kva.example", "1.2.3.0x100000000"];
/** Refused, although the standard accepts them. */
const NARROW_HOSTS = ["bücher.example", "a%62c", "1.2.3", "0x7f.1", "01.2.3.4", "1.2.3.4.", "256", "256.1", "a..b", ".a", ".",
  "[::1.2.3.4]", "a!b", "a~b", "a'b", "(a)"];
const PORTS = ["", "", "", ":", ":80", ":443", ":8080", ":0080", ":0", ":00", ":65535", ":65536", ":099999", ":a", ":-1", ":8 0"];
const SEGMENTS = ["a", "b", "", ".", "..", "%2e", "%2E.", ".%2e", "%2e%2E", "...", "%2e%2e%2e", "a b", "é", "日", "a%", "%zz", "%2f",
  "a;b", "a:b", "@", "{}", "`<>\"|[]~!$&'()*+,=", "😀", "a.b", "%2"];
const TAILS = ["", "", "?", "#", "?a=1&b=2", "?a=1&a=2#x", "?a+b=c%20d&é=%C3%A9", "?=&&=x&y&z=", "?%zz=%&a=%E4", "?a='\"<>`#{}|^",
  "#a b<>`\"'^?#é", "?a=%EF%BB%BFx", "?a=/\\..//?", "?*-._~=!()", "?😀"];
const NARROW_TEXTS = ["\t", "\n", "\r", "\0", "\u001f", "\u007f"];
const BASES = [null, null, "https://base.example/p/q?x=y#z", "http://u:p@base.example:81", "https://base.example/d/"];
const NAMES = ["a", "b", "é", "a b", "", "x=y&z", "*-._~", "new"];
const VALUES = ["", "1", "a b+c", "é😀", "https://a.example/?b=c&d#e", "%41", "/x/../y?#\\z", "\ufeff"];

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const cases = Array.from({ length: COUNT }, makeCase);
const answers = valuesPrintedBy(program, [], cases.map((one) => JSON.stringify(one) + "\n").join(""));
const problems = cases.flatMap((one, i) => compare(one, answers[i], askNode(one)));
const accepted = answers.filter((answer) => answer !== null).length;
problems.slice(0, 20).forEach((problem) => console.error(problem));
console.log(`${cases.length} texts, ${accepted} accepted, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && accepted > COUNT / 4 ? 0 : 1;

function makeCase() {
  const authority = random.below(3) > 0;
  const narrowHost = authority && random.oneIn(20);
  const narrowText = random.oneIn(40) ? random.pick(NARROW_TEXTS) : "";
  const host = random.pick(narrowHost ? NARROW_HOSTS : HOSTS);
  const scheme = random.pick(SCHEMES);
  const front = scheme + (authority ? random.pick(SLASHES) + random.pick(USERS) + host + random.pick(PORTS) : "");
  const path = random.list(5, () => random.pick(["/", "/", "\\"]) + random.pick(SEGMENTS)).join("");
  const text = front + (!authority && random.oneIn(4) ? path.slice(1) : path) + narrowText + random.pick(TAILS);
  const segmentAsHost = (!authority || host === "") && (scheme.endsWith(":") || /^[/\\]{2}/.test(text));
  const mayBeRefused = narrowHost || narrowText !== "" || segmentAsHost;
  return { text, base: random.pick(BASES), edits: random.list(3, makeEdit), mayBeRefused };
}

function makeEdit() {
  return [random.pick(["set", "append", "delete", "pathname", "get"]), random.pick(NAMES), random.pick(VALUES)];
}

function askNode({ text, base, edits }) {
  try {
    const url = new URL(text, base ?? undefined);
    if (url.protocol !== "http:" && url.protocol !== "https:") return null;
    const fields = Object.fromEntries(FIELDS.map((field) => [field, url[field]]));
    return { ...fields, edits: edits.map((edit) => apply(url, edit)) };
  } catch {
    return null;
  }
}

function apply(url, [what, name, value]) {
  if (what === "set" || what === "append") url.searchParams[what](name, value);
  if (what === "delete") url.searchParams.delete(name);
  if (what === "pathname") url.pathname = value;
  return { href: url.href, found: url.searchParams.get(name) };
}

function compare({ text, base, mayBeRefused }, ours, nodes) {
  if (mayBeRefused && ours === null) return [];
  const [mine, theirs] = [ours, nodes].map(describe);
  return mine === theirs ? [] : [`${JSON.stringify(text)} on ${base}\n  ours ${mine}\n  Node ${theirs}`];
}

function describe(answer) {
  return JSON.stringify(
    answer && [FIELDS.map((field) => answer[field]), answer.edits.map(({ href, found }) => [href, found])],
  );
}
