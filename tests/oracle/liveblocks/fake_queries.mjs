// Generated queries for rooms at testing::FakeLiveblocks and at the vendor's own parser: the same ones are refused.
// Usage: node fake_queries.mjs <fake_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { peer } from "../../peers/lib/peers.mjs";
import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";

const COUNT = 20000;
const CLAUSES = ["roomId^'a'", 'roomId:"b"', "metadata['k']:'v'", "roomId^", "metadata['k']:"];
const STRINGS = ["'x'", '"y"', "''", '""', "'\\\\'", "'\\'", "'\\\n'", "'\\\r'", "'\\é'", "'\\😀'", "'\n'", "'\t'", "'\u2028'"];
const PIECES = ["roomId", "metadata", "AND", "and", "And", "OR", "true", "null", "a", "_", "é", "0", "5", "[", "]", ":", "^", "<", "-",
  "(", ")", "'", '"', "\\", " ", "\n", "\t", "\r", "\v", "\u00a0", "\ufeff", "\0", "#", "//"];

const { QueryParser } = await peer("@liveblocks/query-parser");
const parser = new QueryParser({ fields: { roomId: "string" }, indexableFields: { metadata: "token" } });

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const queries = Array.from({ length: COUNT }, () => random.pick(CLAUSES) + random.list(3, randomPiece).join(""));
const answers = valuesPrintedBy(program, [], queries.map((query) => JSON.stringify(asking(query)) + "\n").join(""));
const taken = queries.map(isTaken);
const problems = queries.filter((_, i) => answers[i].status !== (taken[i] ? 200 : 422));
problems.slice(0, 10).forEach((query) => console.error(`judged otherwise than there: ${JSON.stringify(query)}`));
const takenCount = taken.filter(Boolean).length;
console.log(`${COUNT} queries, ${takenCount} taken, ${problems.length} problems (seed ${seed})`);
const enough = answers.length === COUNT && takenCount > COUNT / 20 && takenCount < COUNT;
process.exitCode = problems.length === 0 && enough ? 0 : 1;

function randomPiece() {
  return random.pick(random.pick([CLAUSES, STRINGS, STRINGS, PIECES]));
}

function asking(query) {
  const target = `/v2/rooms?query=${encodeURIComponent(query)}`;
  return { method: "GET", target, headers: { Authorization: "Bearer sk_localdev" } };
}

function isTaken(query) {
  try {
    parser.parse(query);
    return true;
  } catch {
    return false;
  }
}
