// Answers as two servers can be compared by them: without what no two calls have in common.

import assert from "node:assert/strict";

const TIME = /"(createdAt)":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/g;
const LIFETIME = 3600;
const CLOCK_SKEW = 600;

/** An answer with its body read, and the token in it, whose parts are in that encoding; of a list also all rooms. */
export function readAnswer({ status, body }, encoding, rooms) {
  const answer = { status, body: body === "" ? "" : JSON.parse(body.replaceAll(TIME, checkedTime)) };
  if (status === 200 && answer.body.token !== undefined) {
    answer.token = readToken(answer.body.token, encoding);
    answer.body = Object.keys(answer.body);
  }
  if (rooms !== undefined) answer.rooms = JSON.parse(rooms.replaceAll(TIME, checkedTime)).data;
  return answer;
}

function checkedTime(_, name, time) {
  assert(Math.abs(Date.parse(time) - Date.now()) < CLOCK_SKEW * 1000, time);
  return `"${name}":"<now>"`;
}

function readToken(token, encoding) {
  const [header, text, signature, ...rest] = token.split(".");
  assert.deepEqual([signature, rest], ["", []]);
  const payload = JSON.parse(Buffer.from(text, "base64url").toString(encoding));
  const { iat, exp, jti, ...others } = payload;
  assert.equal(exp - iat, LIFETIME);
  assert(Math.abs(iat - Date.now() / 1000) < CLOCK_SKEW);
  assert.match(jti, /^[\w-]{12}$/);
  return { header: JSON.parse(Buffer.from(header, "base64url")), names: Object.keys(payload), payload: others };
}
