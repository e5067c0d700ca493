// The example inspect_token beside @liveblocks/core, for generated tokens, for the permissions in them, and for sets of
// scopes. permissions.mjs looks at the rules; this holds what the program makes of its lines.
// Usage: node inspect_token.mjs <inspect_token> [seed]; the seed may also stand in ORACLE_SEED

import { isDeepStrictEqual } from "node:util";

import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";
import { ONLY_OURS, ONLY_VENDOR, tokenOf } from "./permission_tokens.mjs";
import { LEVELS, RESOURCES, readScopes, readToken } from "./permission_vendor.mjs";
import { randomSet, randomToken } from "./random_permissions.mjs";

const COUNT = 6000;
const MAKERS = [aboutToken, aboutPermissions, aboutScopes];

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const cases = Array.from({ length: COUNT }, () => random.pick(MAKERS)()).filter(Boolean);
const answers = valuesPrintedBy(program, [], cases.map(({ line }, id) => JSON.stringify({ id, ...line })).join("\n"));
const problems = cases.flatMap(({ line, theirs }, id) => {
  const same = answers[id].id === id && isAnswer(answers[id], theirs);
  return same ? [] : [`${JSON.stringify(line)}\n  vendor ${JSON.stringify(theirs)}\n  ours   ${JSON.stringify(answers[id])}`];
});
problems.slice(0, 5).forEach((problem) => console.error(problem));
const granted = cases.filter(({ theirs }) => theirs.matrix).length;
console.log(`${cases.length} lines, ${granted} matrices, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && answers.length === cases.length && granted > cases.length / 4 ? 0 : 1;

/** Those that only one of the two reads are left to permissions.mjs. */
function aboutToken() {
  const question = randomToken(random);
  if (ONLY_VENDOR.includes(question.fault) || ONLY_OURS.includes(question.form)) return undefined;
  const token = tokenOf(question);
  return { line: { token, room: question.room }, theirs: readToken(token, question.room) };
}

function aboutPermissions() {
  const { claims, room } = randomToken(random);
  const token = tokenOf({ claims, form: "base64url", fault: "none" });
  return claims.perms && { line: { permissions: claims.perms, room }, theirs: readToken(token, room) };
}

function aboutScopes() {
  const { scopes } = randomSet(random);
  return { line: { permissions: scopes, room: "any" }, theirs: readScopes(scopes) };
}

function isAnswer(ours, theirs) {
  const refused = theirs.error !== undefined || theirs.k === "id";
  if (refused) {
    const aboutScope = /^Not a valid permission/.test(theirs.error);
    return ours.matrix === null && (aboutScope ? ours.error === theirs.error : typeof ours.error === "string");
  }
  const levels = theirs.matrix?.map((level) => LEVELS[level]);
  const matrix = levels ? Object.fromEntries(RESOURCES.map((resource, i) => [resource, levels[i]])) : null;
  return ours.error === null && isDeepStrictEqual(ours.matrix, matrix);
}
