// The tool `inspect_request`: one response to every line, in order, whatever the line contains.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";

import { ask as askProgram, assertAnswersAtOnce } from "./line_program.mjs";

const [program] = process.argv.slice(2);
const ask = (...lines) => askProgram(program, ...lines);
const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const line = {
  id: 1,
  now: 1735689600000,
  method: "GET",
  url: "https://app.example.com/dash?q=1",
  headers: {},
  options: {
    publishableKey: "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
    secretKey: "sk_live_x",
    jwtKey: publicKey.export({ type: "spki", format: "pem" }),
  },
};
const withOptions = (options) => ({ ...line, options: { ...line.options, ...options } });
const without = (name) => Object.fromEntries(Object.entries(line).filter(([key]) => key !== name));

test("an answer has the form that the README tells", () => {
  assert.deepEqual(ask(line), [
    {
      id: 1,
      status: "signed-out",
      reason: "session-token-and-uat-missing",
      message: "",
      headers: [
        ["x-clerk-auth-reason", "session-token-and-uat-missing"],
        ["x-clerk-auth-status", "signed-out"],
      ],
      auth: null,
    },
  ]);
});

test("the clock goes as far as 64 bits of nanoseconds do", () => {
  for (const now of [9223372036854, -9223372036854]) assert.equal(ask({ ...line, now })[0].status, "signed-out");
});

test("what is wrong with a line is told, and the next line is read", () => {
  const cases = [
    ["", null, /not JSON/],
    ["{", null, /not JSON/],
    ["[]", null, /not a JSON object/],
    ["null", null, /not a JSON object/],
    ['{"id":1,"id":2}', null, /not JSON/],
    ['{"id":1} x', null, /not JSON/],
    ["{}", null, /"id"/],
    [{ ...line, id: { a: 1 } }, null, /"id"/],
    [{ ...line, id: 1.5 }, null, /"id"/],
    [without("method"), 1, /"method" is missing/],
    [without("url"), 1, /"url" is missing/],
    [without("headers"), 1, /"headers" is missing/],
    [without("options"), 1, /"options" is missing/],
    [{ ...line, header: {} }, 1, /"header" is not a member/],
    [{ ...line, now: "1735689600000" }, 1, /"now" must be an integer/],
    [{ ...line, now: 20245679673709 }, 1, /"now" is outside the range/], // 2611, which 64 bits of nanoseconds take for 2026.
    [{ ...line, now: 9223372036855 }, 1, /"now" is outside the range/],
    [{ ...line, now: -9223372036855 }, 1, /"now" is outside the range/],
    [{ ...line, now: 1.5 }, 1, /"now" must be an integer/],
    [{ ...line, now: 8_640_000_000_000_001 }, 1, /"now" is outside the range/],
    [{ ...line, method: 1 }, 1, /"method" must be a string/],
    [{ ...line, url: "/dash" }, 1, /"url" must be absolute/],
    [{ ...line, headers: [] }, 1, /"headers" must be an object/],
    [{ ...line, headers: { cookie: 1 } }, 1, /"cookie" must be a string or a list/],
    [{ ...line, headers: { cookie: [1] } }, 1, /"cookie" must hold strings/],
    [{ ...line, options: [] }, 1, /"options" must be an object/],
    [withOptions({ colour: "red" }), 1, /"colour" is not a member of options/],
    [withOptions({ isSatellite: "true" }), 1, /"isSatellite" must be true or false/],
    [withOptions({ jwks: "{}" }), 1, /"jwks" must be an object/],
    [withOptions({ authorizedParties: "https://app.example.com" }), 1, /"authorizedParties" must be a list/],
    [withOptions({ audience: 1 }), 1, /"audience" must be a string or a list/],
    [withOptions({ clockSkewInMs: 1.5 }), 1, /"clockSkewInMs" must be an integer/],
    [withOptions({ clockSkewInMs: 18446744073709551615 }), 1, /"clockSkewInMs" must be an integer/],
    [withOptions({ clockSkewInMs: -1 }), 1, /clockSkew must lie between/],
    [withOptions({ acceptsToken: "password" }), 1, /"acceptsToken" names an unknown type/],
    [withOptions({ acceptsToken: ["any"] }), 1, /"acceptsToken" names an unknown type/],
    [withOptions({ publishableKey: "pk_live_x" }), 1, /publishable key/i],
    [withOptions({ jwtKey: "x" }), 1, /./],
    [withOptions({ jwtKey: null, secretKey: null }), 1, /one of the options jwtKey, jwks and secretKey/],
    [{ ...line, backend: {} }, 1, /"backend" must be a list/],
    [{ ...line, backend: [{ method: "GET", path: "/", status: 99, body: {} }] }, 1, /"status"/],
  ];
  const answers = ask(...cases.flatMap(([item]) => [item, { ...line, id: "next" }]));
  assert.equal(answers.length, 2 * cases.length);
  for (const [i, [item, id, message]] of cases.entries()) {
    const { message: told, ...rest } = answers[2 * i];
    assert.deepEqual(rest, { id, status: "error", reason: null, headers: [], auth: null }, JSON.stringify(item));
    assert.match(told, message);
    assert.equal(answers[2 * i + 1].id, "next");
    assert.equal(answers[2 * i + 1].status, "signed-out");
  }
});

test("lines are at most 1 MiB long", () => {
  const longLine = (length) => {
    const text = JSON.stringify({ ...line, headers: { "x-filler": "" } });
    return text.replace('"x-filler":""', `"x-filler":"${"x".repeat(length - text.length)}"`);
  };
  const [atLimit, beyond, next] = ask(longLine(1 << 20), longLine((1 << 20) + 1), { ...line, id: 2 });
  assert.equal(atLimit.status, "signed-out");
  assert.deepEqual([beyond.status, beyond.id], ["error", null]);
  assert.match(beyond.message, /longer than 1 MiB/);
  assert.deepEqual([next.status, next.id], ["signed-out", 2]);
});

test("an answer comes before the next line is asked for", { timeout: 20_000 }, () =>
  assertAnswersAtOnce(program, line));

test("the options decide, under the names they have at Clerk", () => {
  const options = {
    authorizedParties: ["https://app.example.com"],
    audience: ["a"],
    clockSkewInMs: 1500,
    isSatellite: false,
    satelliteAutoSync: false,
    domain: "",
    proxyUrl: "/__clerk",
    signInUrl: "/sign-in",
    acceptsToken: "any",
    treatPendingAsSignedOut: true,
  };
  const [all, machines, list] = ask(
    withOptions(options),
    withOptions({ acceptsToken: "api_key" }),
    withOptions({ acceptsToken: ["api_key", "m2m_token"] }),
  );
  assert.equal(all.reason, "session-token-and-uat-missing");
  assert.equal(machines.reason, "No token in header");
  assert.equal(list.reason, "token-type-mismatch");
});
