// Writes tests/unit/clerk/request_corpus.jsonl: of the requests of a run that are judged as they are meant to be, the
// shortest for everything that is special. request_corpus_test.cpp tells the form of the lines.
// Usage: node requests_corpus.mjs <inspect_request> [seed] [count] > tests/unit/clerk/request_corpus.jsonl

import { generate, Pool } from "./requests_generator.mjs";
import { Judge } from "./requests_judge.mjs";
import { NOW } from "./requests_tokens.mjs";

const [program, seed = "1", count = "21000"] = process.argv.slice(2);
const pool = new Pool();
const shortest = new Map();

for await (const verdict of new Judge(program, pool).all([...generate(pool, seed, Number(count))])) {
  if (verdict.problem) continue;
  const size = JSON.stringify(verdict.line).length;
  for (const feature of features(verdict)) {
    if (!(shortest.get(feature)?.size <= size)) shortest.set(feature, { size, ...verdict });
  }
}
const written = new Set();
for (const [feature, { line, ours }] of [...shortest].sort()) {
  const text = write(feature, line, ours);
  const isWhole = !text.includes("eyJ"); // Tokens in another encoding are not found.
  if (isWhole && !written.has(line.id)) console.log(text);
  written.add(line.id);
}

/** What a request is an example of. */
function features({ line, ours, difference }) {
  const { headers, options } = line;
  const outcome = `${ours.status} ${ours.reason ?? ""}`.trim();
  const cookies = [headers.cookie ?? []].flat().join("; ").split(/; ?/).map((pair) => pair.split("="));
  const instance = options.publishableKey?.startsWith("pk_test") ? "development" : "production";
  const special = [`${instance}: ${outcome}`];
  if (difference) special.push(`difference: ${difference}`);
  if (!difference && /^signed-in|nbf|iat-in|expired/.test(outcome)) special.push(`clock ${line.now - NOW * 1000}: ${outcome}`);
  for (const token of pool.tokens) {
    if (headers.authorization === `Bearer ${token.text}`) special.push(`header: ${token.name}`);
    if (cookies.some(([, value]) => value === token.text)) special.push(`cookie: ${token.name}`);
  }
  for (const [name, value = ""] of cookies) {
    if (/^__clerk_redirect_count/.test(name) && ours.status === "handshake") special.push(`${name}=${value}`);
    if (/^__client_uat$/.test(name) && value.length < 5) special.push(`${name}=${value}: ${ours.status}`);
  }
  if (headers.referer) special.push(`from ${headers.referer}: ${ours.status}`);
  if (options.isSatellite) special.push(`satellite: ${outcome}`);
  return special;
}

/** A line of the corpus: tokens and keys replaced by their names. */
function write(name, line, answer) {
  const used = tokensIn(JSON.stringify([line, answer]));
  const label = (i) => `T${i + 1}`;
  const inside = (text) => JSON.stringify(text).slice(1, -1);
  const marks = [
    ...used.map(({ text }, i) => [text, `{${label(i)}}`]),
    [inside(pool.mint.publicKeyPem), "{jwtKey}"],
    [pool.mint.jwks.keys[0].n, "{modulus}"],
  ];
  const hide = (value) => JSON.parse(marks.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value)));
  const tokens = used.map(({ header, payload, key, append }, i) => ({ name: label(i), header, payload, key, append }));
  return JSON.stringify(hide({ name, tokens, request: { ...line, id: 1 }, answer: { id: 1, ...withoutRepeats(answer) } }));
}

/** The headers that repeat what stands beside them are left to request_corpus_test.cpp. */
function withoutRepeats({ headers, ...answer }) {
  const isRepeat = ([name, value]) => name.startsWith("x-clerk-auth-") && value === answer[name.slice("x-clerk-auth-".length)];
  return { ...answer, headers: headers.filter((header) => !isRepeat(header)) };
}

/** The tokens that stand in a text, those inside others before them. */
function tokensIn(text) {
  const found = pool.tokens.filter((token) => text.includes(token.text));
  return [...new Set(found.flatMap((token) => [...tokensIn(JSON.stringify(token.payload)), token]))];
}
