// Ably JWTs of ably::JwtSigner, for generated params: jose verifies them, and finds the claims that Ably documents.
// Usage: node jwts.mjs <ably_jwt_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { isDeepStrictEqual } from "node:util";

import { peer } from "../../peers/lib/peers.mjs";
import { valuesPrintedBy } from "../clerk/program.mjs";
import { Random } from "../random.mjs";

const { jwtVerify } = await peer("jose");

const COUNT = 2000;
const KEYS = ["tstApp.keyOne:c2VjcmV0LWZvci10ZXN0cy1vZi1qb3Nl", "a.b:A-b_C=d+E/f0-A-b_C=d+E/f0-A-b_C=d"];
const PIECES = ["a", "Z", "7", ":", ".", " ", "\"", "\\", "/", "é", "部屋", "😀", "\u2028", "~"];

const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const random = new Random(Number(seed));
const cases = Array.from({ length: COUNT }, makeCase);
const tokens = valuesPrintedBy(program, [], cases.map((one) => JSON.stringify(one) + "\n").join(""));
const problems = (await Promise.all(cases.map((one, i) => problemOf(one, tokens[i])))).filter(Boolean);
problems.slice(0, 20).forEach((problem) => console.error(problem));
console.log(`${COUNT} tokens, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && tokens.length === COUNT ? 0 : 1;

function makeCase() {
  const name = () => random.pick(PIECES) + random.list(5, () => random.pick(PIECES)).join("");
  const params = { key: random.pick(KEYS), now: 1 + random.below(2 ** 32), ttl: 1 + random.below(86_400) };
  params.capability = JSON.stringify({ [name()]: random.pick([["*"], ["publish"], ["history", "subscribe"]]) });
  if (!random.oneIn(5)) params.clientId = random.oneIn(9) ? "*" : name();
  return params;
}

async function problemOf({ key, now, ttl, capability, clientId }, token) {
  const [name, secret] = key.split(":");
  const expected = {
    header: { typ: "JWT", alg: "HS256", kid: name },
    claims: { iat: now, exp: now + ttl, "x-ably-capability": capability, ...(clientId && { "x-ably-clientId": clientId }) },
  };
  try {
    const options = { currentDate: new Date(now * 1000), algorithms: ["HS256"] };
    const { protectedHeader, payload } = await jwtVerify(token, new TextEncoder().encode(secret), options);
    const found = { header: { ...protectedHeader }, claims: { ...payload } };
    return isDeepStrictEqual(found, expected) ? undefined : JSON.stringify([found, expected]);
  } catch (error) {
    return `${JSON.stringify(expected)}: ${error.message}`;
  }
}
