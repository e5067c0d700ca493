// The tool `inspect_token`: one response to every line, in order, whatever the line contains.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ask as askProgram, assertAnswersAtOnce } from "./line_program.mjs";

const [program] = process.argv.slice(2);
const ask = (...lines) => askProgram(program, ...lines);

function tokenOf(payload, encoding = "utf8") {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  return `${btoa('{"alg":"none"}')}.${Buffer.from(text, encoding).toString("base64url")}.`;
}

function matrixOf(base, changes = {}) {
  const parts = ["room", "storage", "comments", "comments:public", "comments:private", "feeds"];
  return { ...Object.fromEntries(parts.map((part) => [part, base])), personal: "write", ...changes };
}

const perms = { "acme:*": ["*:write"], "acme:archive": ["storage:none"] };
const line = { id: 1, permissions: perms, room: "acme:archive" };

test("tokens, their permissions and plain scopes are answered alike", () => {
  const matrix = matrixOf("write", { storage: "none" });
  const questions = [
    { id: 1, token: tokenOf({ k: "acc", pid: "p", uid: "ada", perms, iat: 1, exp: 2 }), room: "acme:archive" },
    { id: "two", permissions: perms, room: "acme:archive" },
    { id: 3, permissions: ["*:write", "storage:none"], room: "anything", token: null, note: "ignored" },
  ];
  assert.deepEqual(ask(...questions), questions.map(({ id }) => ({ id, matrix, error: null })));
});

test("a room that no entry matches has no matrix, and a set without a base scope one of nothing", () => {
  const nothing = { ...matrixOf("none"), personal: "none" };
  assert.deepEqual(ask({ ...line, room: "other" }, { ...line, permissions: {} }, { ...line, permissions: ["feeds:write"] }), [
    { id: 1, matrix: null, error: null },
    { id: 1, matrix: null, error: null },
    { id: 1, matrix: nothing, error: null },
  ]);
});

test("tokens of the dev server are read: unsigned, and in Latin-1", () => {
  const [answer] = ask({ id: 1, token: tokenOf({ k: "acc", uid: "René", perms: { "é*": ["*:read"] } }, "latin1"), room: "été" });
  assert.deepEqual(answer, { id: 1, matrix: matrixOf("read"), error: null });
});

test("what is wrong with a line is told, and the next line is read", () => {
  const token = (payload) => ({ id: 1, token: tokenOf(payload), room: "r" });
  const cases = [
    ["", null, /not JSON/],
    ["{", null, /not JSON/],
    ["[]", null, /not a JSON object/],
    ['{"id":1,"id":2}', null, /not JSON/],
    ["\xff", null, /not JSON/],
    ["{}", null, /"id"/],
    [{ ...line, id: { a: 1 } }, null, /"id"/],
    [{ ...line, id: 1.5 }, null, /"id"/],
    [{ id: 1, permissions: perms }, 1, /"room" is missing/],
    [{ ...line, room: 5 }, 1, /"room" must be a string/],
    [{ id: 1, room: "r" }, 1, /^exactly one of "token" and "permissions" is needed$/],
    [{ ...line, token: "a.b.c" }, 1, /^exactly one of "token" and "permissions" is needed$/],
    [{ ...line, permissions: "*:write" }, 1, /"permissions" must be an object/],
    [{ ...line, permissions: { r: "*:write" } }, 1, /^Permission list must be an array$/],
    [{ ...line, permissions: { other: ["*:write", "comments:delete"] } }, 1, /^Not a valid permission: comments:delete$/],
    [{ ...line, permissions: ["*:write", "*:WRITE"] }, 1, /^Not a valid permission: \*:WRITE$/],
    [{ ...line, permissions: [7] }, 1, /^Not a valid permission: 7$/],
    [{ ...line, permissions: ["a\nb"] }, 1, /^Not a valid permission: a\\x0ab$/],
    [{ id: 1, token: 5, room: "r" }, 1, /"token" must be a string/],
    [{ id: 1, token: "", room: "r" }, 1, /three parts/],
    [{ id: 1, token: "a.b", room: "r" }, 1, /three parts/],
    [{ id: 1, token: "a.!.c", room: "r" }, 1, /base64url/],
    [{ id: 1, token: `a.${"b".repeat(65536)}.c`, room: "r" }, 1, /larger than 64 KiB/],
    [token("no JSON"), 1, /JSON object/],
    [token({ k: "sec-legacy", perms }), 1, /"k" is not "acc" or "id"/],
    [token({ k: "acc" }), 1, /"perms" is not an object/],
    [token({ k: "acc", perms: { r: ["comments:delete"] } }), 1, /^Not a valid permission: comments:delete$/],
    [token({ k: "id", uid: "bob", perms }), 1, /an ID token names no permissions/],
  ];
  const answers = ask(...cases.flatMap(([item]) => [item, { ...line, id: "next" }]));
  assert.equal(answers.length, 2 * cases.length);
  for (const [i, [item, id, error]] of cases.entries()) {
    const { error: told, ...rest } = answers[2 * i];
    assert.deepEqual(rest, { id, matrix: null }, JSON.stringify(item));
    assert.match(told, error);
    assert.deepEqual(answers[2 * i + 1].id, "next");
    assert.equal(answers[2 * i + 1].error, null);
  }
});

test("lines are at most 1 MiB long", () => {
  const longLine = (length) => {
    const text = JSON.stringify({ ...line, filler: "" });
    return text.replace('"filler":""', `"filler":"${"x".repeat(length - text.length)}"`);
  };
  const [below, atLimit, beyond, next] = ask(longLine((1 << 20) - 1), longLine(1 << 20), longLine((1 << 20) + 1), line);
  for (const answer of [below, atLimit, next]) assert.equal(answer.matrix.storage, "none");
  assert.deepEqual(beyond, { id: null, matrix: null, error: "the line is longer than 1 MiB" });
});

test("an answer comes before the next line is asked for", { timeout: 20_000 }, () =>
  assertAnswersAtOnce(program, line));
