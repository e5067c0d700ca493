// Patterns and paths through RoutePattern and @clerk/shared's createPathMatcher(), a part of @clerk/backend. Every
// disagreement must be one that route_differences.mjs explains, and ours must be the refusal; every explanation must be
// needed.
// Usage: node routes.mjs <clerk_route_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { peer } from "../../peers/lib/peers.mjs";
import { shrink } from "../shrink.mjs";
import { valuesPrintedBy } from "./program.mjs";
import { randomRoutes } from "./random_routes.mjs";
import { REFUSED_PATHS, REFUSED_PATTERNS, withSubtree } from "./route_differences.mjs";

const PAIRS = 30000;
const LEAST_MATCHES = PAIRS / 10;

const { createPathMatcher } = await peer("@clerk/shared/pathMatcher");
const { pathToRegexp } = await peer("@clerk/shared/pathToRegexp");

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const answers = compare(randomRoutes(Number(seed), PAIRS));
const matches = answers.filter(({ ours }) => ours.exact).length;
const problems = answers.filter(({ problem }) => problem);
if (problems.length > 0) report(problems[0].pair);
const idle = idleDifferences();
idle.forEach(({ why }) => console.error(`the listed difference does not show: ${why}`));
console.log(`${answers.length} pairs, ${matches} matches, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length + idle.length === 0 && matches >= LEAST_MATCHES ? 0 : 1;

/** The pairs with the answers of both, and what is wrong with them. */
function compare(pairs) {
  if (pairs.length === 0) return [];
  const ours = valuesPrintedBy(program, [], pairs.map((pair) => JSON.stringify(pair)).join("\n"));
  if (ours.length !== pairs.length) throw new Error(`${pairs.length} pairs, ${ours.length} answers`);
  return pairs.map((pair, i) => {
    const theirs = askVendor(pair);
    return { pair, ours: ours[i], theirs, problem: problemOf(pair, ours[i], theirs) };
  });
}

function askVendor({ pattern, path }) {
  let matcher;
  try {
    matcher = createPathMatcher(pattern);
  } catch {
    return { refused: true };
  }
  try {
    return { matches: matcher(path) };
  } catch {
    return { matches: false };
  }
}

function problemOf(pair, ours, theirs) {
  if (theirs.refused) return ours.refused ? undefined : "only the vendor refuses the pattern";
  if (ours.refused) return explainRefusal(ours.refused) ? undefined : `the pattern is refused: ${ours.refused}`;
  if ((ours.exact || ours.anyCase) && !theirs.matches) return "only ours matches";
  if (ours.exact && !ours.anyCase) return "matches only with regard to case";
  if (ours.anyCase && !ours.exact && !excludes(pair) && isCaseSensitiveMatch(pair)) {
    return "does not match with regard to case";
  }
  return theirs.matches && !ours.anyCase && !explain(pair) ? "only the vendor matches" : undefined;
}

function explainRefusal(message) {
  return REFUSED_PATTERNS.find(({ says }) => message.includes(says));
}

function explain(pair) {
  const regexp = pathToRegexp(pair.pattern);
  const help = {
    test: (path) => regexp.test(path),
    testOther: (pattern, path) => pathToRegexp(pattern).test(path),
    isCaseSensitiveMatch: () => isCaseSensitiveMatch(pair),
  };
  return REFUSED_PATHS.find(({ applies }) => applies({ ...pair, ...help }));
}

function isCaseSensitiveMatch({ pattern, path }) {
  return new RegExp(pathToRegexp(withSubtree(pattern)).source).test(decodeURI(path));
}

/** Whether something but the ends of a segment is excluded: it always is in both cases. */
function excludes({ pattern }) {
  return /\(\?!|\[\^/.test(pathToRegexp(pattern).source.replaceAll("[^\\/#\\?]", ""));
}

function idleDifferences() {
  const paths = REFUSED_PATHS.filter(({ example }) => {
    const [{ ours, theirs, problem }] = compare([example]);
    return problem || ours.anyCase || !theirs.matches;
  });
  const patterns = REFUSED_PATTERNS.filter(({ example, says }) => {
    const [{ ours, theirs }] = compare([{ pattern: example, path: "/" }]);
    return theirs.refused || !ours.refused?.includes(says);
  });
  return [...paths, ...patterns];
}

function report(pair) {
  const smallest = shrink(pair, (candidates) => compare(candidates.filter(isPair)).find(({ problem }) => problem)?.pair);
  const [{ ours, theirs, problem }] = compare([smallest]);
  console.error(`${problem}: ${JSON.stringify(smallest)}, ours ${JSON.stringify(ours)}, vendor ${JSON.stringify(theirs)}`);
}

function isPair({ pattern, path }) {
  return pattern !== undefined && pattern !== "" && path !== undefined;
}
