// Generated questions about permissions through ours and through @liveblocks/core: tokens and rooms, sessions, sets of
// scopes, accesses of rooms. Every disagreement must be a listed one, every one of the list must show, and every rule must
// decide some of the questions.
// Usage: node permissions.mjs <permission_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { isDeepStrictEqual } from "node:util";

import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";
import { shrink } from "../shrink.mjs";
import { ENTRY_RULES, Model, ROOM_RULES, SET_RULES } from "./permission_rules.mjs";
import { ONLY_OURS, ONLY_VENDOR, TOKEN_FAULTS, TOKEN_FORMS, tokenOf } from "./permission_tokens.mjs";
import { mergeRoom, readScopes, readToken, resolve } from "./permission_vendor.mjs";
import { SCOPES, randomRoom, randomSession, randomSet, randomToken } from "./random_permissions.mjs";

const COUNTS = new Map([
  [randomToken, 12000],
  [randomSession, 3000],
  [randomSet, 1000],
  [randomRoom, 3000],
]);
const LEAST = 10;

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const questions = [...COUNTS].flatMap(([make, count]) => Array.from({ length: count }, () => make(random)));
const shown = new Set();
const answers = compare(questions);
const problems = answers.filter(({ problem }) => problem);
if (problems.length > 0) report(problems[0].question);
const tally = tallyOf(answers);
const idle = Object.keys(tally).filter((name) => tally[name] < LEAST);
idle.push(...[...ONLY_VENDOR, ...ONLY_OURS].filter((name) => !shown.has(name)));
idle.forEach((name) => console.error(`hardly met, or not at all: ${name}`));
console.log(Object.entries(tally).map(([name, count]) => `${String(count).padStart(6)}  ${name}`).join("\n"));
const summary = `${COUNTS.get(randomToken)} tokens and rooms, ${questions.length - COUNTS.get(randomToken)} other questions`;
console.log(`${summary}, ${shown.size} listed differences, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length + idle.length === 0 ? 0 : 1;

/** The questions with both answers, and what is wrong with them. */
function compare(asked) {
  if (asked.length === 0) return [];
  const ours = valuesPrintedBy(program, [], asked.map((question) => JSON.stringify(lineOf(question))).join("\n"));
  if (ours.length !== asked.length) throw new Error(`${asked.length} questions, ${ours.length} answers`);
  return asked.map((question, i) => ({ question, ours: ours[i], ...judge(question, ours[i]) }));
}

function lineOf(question) {
  return question.claims ? { token: tokenOf(question), room: question.room } : question;
}

function judge(question, ours) {
  if (question.claims) return judgeToken(question, ours);
  const entries = question.allow && merged(ours.accepted);
  const theirs = entries ? resolve(entries, question.room) : question.scopes ? readScopes(question.scopes) : mergeRoom(question);
  const same = isDeepStrictEqual(question.scopes ? ours : ours.matrix, theirs);
  const problem = same ? modelProblem(question, entries, theirs?.matrix ?? theirs) : "another matrix";
  return { theirs, entries, problem };
}

function judgeToken(question, ours) {
  const theirs = readToken(tokenOf(question), question.room);
  if (theirs.error || ours.error) return { theirs, problem: refusalProblem(question, ours, theirs) };
  const entries = theirs.k === "acc" ? Object.entries(theirs.perms) : [];
  const { k, pid = "", uid = "", gids = [], ui = null, iat = 0, exp = 0, jti = "", matrix } = theirs;
  const same = isDeepStrictEqual(ours, { k, pid, uid, gids, ui, iat, exp, jti, matrix });
  return { theirs, entries, problem: same ? modelProblem(question, entries, matrix) : "read otherwise" };
}

function refusalProblem({ form, fault }, ours, theirs) {
  if (!theirs.error) return listed(ONLY_VENDOR, fault) ? undefined : `only the vendor reads it: ${ours.error}`;
  if (!ours.error) return listed(ONLY_OURS, form) ? undefined : `only ours reads it: ${theirs.error}`;
  const aboutScopes = /^(Not a valid permission|Permission list)/.test(theirs.error);
  return aboutScopes && theirs.error !== ours.error ? "another message" : undefined;
}

function listed(list, name) {
  if (list.includes(name)) shown.add(name);
  return list.includes(name);
}

/** The model that tells which rules decide must know all of them. */
function modelProblem(question, entries, matrix) {
  return isDeepStrictEqual(modelled(new Model(), { question, entries }), matrix) ? undefined : "the model of the rules differs";
}

function modelled(model, { question, entries }) {
  if (question.scopes) return model.readScopes(question.scopes);
  return entries ? model.resolve(entries, question.room) : model.mergeRoom(question);
}

/** What several calls for the same key amount to. */
function merged(calls) {
  const entries = new Map();
  for (const [key, scopes] of calls) entries.set(key, [...new Set([...(entries.get(key) ?? []), ...scopes])]);
  return [...entries];
}

/** How many answers hang on a rule, and how often tokens of each kind were met. */
function tallyOf(all) {
  const decidedBy = (rule, answers) => {
    const without = new Model(rule);
    return answers.filter((answer) => !isDeepStrictEqual(modelled(without, answer), modelled(new Model(), answer))).length;
  };
  const withEntries = all.filter(({ entries }) => entries);
  const rooms = all.filter(({ question }) => question.default);
  const tokens = all.filter(({ question }) => question.claims);
  const sets = all.filter(({ question }) => question.scopes);
  const met = (member, names) => names.map((name) => [name, tokens.filter(({ question }) => question[member] === name).length]);
  return Object.fromEntries([
    ...ENTRY_RULES.map((rule) => [rule, decidedBy(rule, withEntries)]),
    ...SET_RULES.map((rule) => [rule, decidedBy(rule, sets)]),
    ...ROOM_RULES.map((rule) => [rule, decidedBy(rule, rooms)]),
    ["threads of one visibility answer for comments", sets.filter(({ theirs }) => theirs.allows[8] && theirs.matrix[2] < 2).length],
    ["no entry matches", withEntries.filter(({ theirs }) => (theirs === null ? null : theirs.matrix) === null).length],
    ["an ID token", tokens.filter(({ theirs }) => theirs.k === "id").length],
    ["a scope is refused", tokens.filter(({ theirs }) => /^Not a valid/.test(theirs.error)).length],
    ...met("form", Object.keys(TOKEN_FORMS)),
    ...met("fault", Object.keys(TOKEN_FAULTS)),
  ]);
}

function report(question) {
  const findBad = (smaller) => compare(smaller.filter(canBeAsked)).find(({ problem }) => problem)?.question;
  const smallest = shrink(question, findBad);
  const [{ ours, theirs, problem }] = compare([smallest]);
  console.error(`${problem}: ${JSON.stringify(smallest)}\n  ours   ${JSON.stringify(ours)}\n  vendor ${JSON.stringify(theirs)}`);
}

/** Whether it is still a question, and one of scopes that there are. */
function canBeAsked(question) {
  try {
    if (question.claims) return typeof question.room === "string" && tokenOf(question) !== undefined;
    const sets = question.allow?.map(([, scopes]) => scopes) ?? [question.scopes ?? [question.default, ...question.groups, question.user].flat()];
    return sets.every((scopes) => readScopes(scopes) && scopes.every((scope) => SCOPES.includes(scope)));
  } catch {
    return false;
  }
}
