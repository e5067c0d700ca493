// Generated clauses through RoomQuery and objectToQuery() of @liveblocks/core. The two write the same query, and the
// vendor's own parser reads it as those clauses and nothing else. Ours refuses, and only ours may, what the vendor's query
// does not say.
// Usage: node room_queries.mjs <room_query_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { isDeepStrictEqual } from "node:util";

import { peer } from "../../peers/lib/peers.mjs";
import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";
import { shrink } from "../shrink.mjs";

const COUNT = 10000;
const PIECES = ["'", "'", '"', '"', "\\", "\\", "\\u0041", "\\'", '\\"', "n", "r", "t", "a", "b", "0", " ", "\n", "\t", "\r", "\x7f",
  "\x85", "\xa0", "\u2028", "\u2029", "\ufeff", "\uffff", "é", "日", "😀", "[", "]", "(", ")", ":", "^", "-", "<", ">=", ",", "%27", "&",
  "#", " AND ", " OR ", "true", "null", "12", "' OR roomId^'", "'] metadata['x']:'y", '"]:"', "roomId^", "metadata['k']:'v'", "/*", "--",
  "${x}", "__proto__", "constructor"];
const UNSAYABLE_PIECES = ["\0", "\x01", "\b", "\v", "\f", "\x1f", "\\n", "\\t", "\\r", "\\\\n"];
/** objectToQuery() takes metadata with this key for an operator, and forgets all other keys. */
const OPERATOR = "startsWith";

const { objectToQuery } = await peer("@liveblocks/core");
const { QueryParser } = await peer("@liveblocks/query-parser");
const parser = new QueryParser({ fields: { roomId: "string" }, indexableFields: { metadata: "token" } });

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const answers = compare(Array.from({ length: COUNT }, makeClauses));
const written = answers.filter(({ ours }) => ours.query !== undefined).length;
const problems = answers.filter(({ problem }) => problem);
if (problems.length > 0) report(problems[0].clauses);
const operator = compare([[["color", "blue"], [OPERATOR, "x"]]])[0];
const operatorShows = operator.theirs.query === "metadata^'x'" && !operator.problem;
if (!operatorShows) console.error(`metadata with the key ${OPERATOR} is like any other: ${JSON.stringify(operator)}`);
console.log(`${COUNT} queries, ${written} written, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && operatorShows && written > COUNT / 2 && written < COUNT ? 0 : 1;

function makeText() {
  return random.list(4, () => random.pick(random.oneIn(40) ? UNSAYABLE_PIECES : PIECES)).join("");
}

/** In the order in which an object has its keys. */
function makeClauses() {
  const prefix = random.oneIn(3) ? [[makeText()]] : [];
  const key = () => (random.oneIn(20) ? makeText() : random.pick(["k", "'", '"', "7", "é"]) + makeText());
  const metadata = Object.fromEntries(random.list(3, () => [key(), makeText()]));
  return [...prefix, ...Object.entries(metadata)];
}

/** The clauses with the answers of both, and what is wrong with them. */
function compare(lists) {
  if (lists.length === 0) return [];
  const ours = valuesPrintedBy(program, [], lists.map((clauses) => JSON.stringify(clauses)).join("\n"));
  if (ours.length !== lists.length) throw new Error(`${lists.length} lists of clauses, ${ours.length} answers`);
  return lists.map((clauses, i) => {
    const theirs = askVendor(clauses);
    return { clauses, ours: ours[i], theirs, problem: problemOf(clauses, ours[i], theirs) };
  });
}

function askVendor(clauses) {
  const prefixes = clauses.filter(({ length }) => length === 1).map(([startsWith]) => ({ roomId: { startsWith } }));
  const metadata = Object.fromEntries(clauses.filter(({ length }) => length === 2));
  try {
    return { query: objectToQuery(Object.assign({ metadata }, ...prefixes)) };
  } catch (error) {
    return { refused: error.message };
  }
}

function problemOf(clauses, ours, theirs) {
  const theirsSaysIt = theirs.query !== undefined && says(theirs.query, clauses);
  if (ours.refused) return theirsSaysIt ? `is refused: ${ours.refused}` : undefined;
  if (!says(ours.query, clauses)) return "is read as something else";
  if (clauses.some(([key, value]) => key === OPERATOR && value !== undefined)) return undefined;
  return ours.query === theirs.query ? undefined : "is written otherwise";
}

/** Whether the vendor's parser finds exactly these clauses. */
function says(query, clauses) {
  if (clauses.length === 0) return query === "";
  try {
    return isDeepStrictEqual(parser.parse(query).query.allOf.map(clauseOf), clauses);
  } catch {
    return false;
  }
}

function clauseOf({ _kind: kind, field, prefix, value }) {
  if (kind === "PrefixCondition" && field.ref?.name === "roomId") return [prefix.value];
  if (kind === "ExactCondition" && field.base?.name === "metadata") return [field.key, value.value];
  return [kind];
}

function report(clauses) {
  const findBad = (candidates) => compare(candidates.filter(isOfClauses)).find(({ problem }) => problem)?.clauses;
  const [{ clauses: smallest, ours, theirs, problem }] = compare([shrink(clauses, findBad)]);
  console.error(`${JSON.stringify(smallest)} ${problem}: ours ${JSON.stringify(ours)}, vendor ${JSON.stringify(theirs)}`);
}

function isOfClauses(clauses) {
  const keys = clauses.filter(({ length }) => length === 2).map(([key]) => key);
  return clauses.every(({ length }, i) => length === 2 || (length === 1 && i === 0)) && new Set(keys).size === keys.length;
}
