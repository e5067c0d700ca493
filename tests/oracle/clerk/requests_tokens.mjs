// Tokens to build requests from. A token is described by its header and payload, objects or JSON texts; who signed it;
// and what was appended to it afterwards.

import { generateKeyPairSync, sign } from "node:crypto";

/** 2025-01-01T00:00:00Z */
export const NOW = 1735689600;

const HOUR = 3600;
const SESSION = "cl_B7d4PD111AAA";
const TEMPLATE = "cl_B7d4PD222AAA";
const MACHINE = "cl_B7d4PD333AAA";

export const KEY_ID = "ins_test";

export class Mint {
  #keys = { issuer: generateKeyPairSync("rsa", { modulusLength: 2048 }), stranger: generateKeyPairSync("rsa", { modulusLength: 2048 }) };

  get publicKeyPem() {
    return this.#keys.issuer.publicKey.export({ type: "spki", format: "pem" });
  }

  get jwks() {
    const { n, e } = this.#keys.issuer.publicKey.export({ format: "jwk" });
    return { keys: [{ use: "sig", kty: "RSA", kid: KEY_ID, alg: "RS256", n, e }] };
  }

  /** The token that a description describes. */
  mint({ header, payload, key = "issuer", append = "" }) {
    const text = (part) => Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
    const signed = `${text(header)}.${text(payload)}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), this.#keys[key].privateKey).toString("base64url")}${append}`;
  }
}

/**
 * All tokens of an instance whose Frontend API has that name, by groups. `only` names the difference of
 * requests_differences.mjs that a token can show; no request has two such tokens.
 */
export function describeTokens(frontendApi) {
  const issuer = `https://${frontendApi}`;
  return {
    plain: plainSessions(issuer),
    spoiled: [...spoiledHeaders(issuer), ...spoiledClaims(issuer)],
    special: [...organizations(issuer), ...specialSessions(issuer)],
    machines: machines(issuer),
  };
}

function sessionHeader(members = {}) {
  return { alg: "RS256", cat: SESSION, kid: KEY_ID, typ: "JWT", ...members };
}

/** Most have the audience that is asked for, for its absence is a difference. */
function sessionPayload(issuer, members = {}) {
  return {
    aud: "a",
    azp: "https://app.example.com",
    exp: NOW + 60,
    fva: [0, -1],
    iat: NOW,
    iss: issuer,
    jti: "a1b2c3",
    nbf: NOW - 10,
    sid: "sess_1",
    sts: "active",
    sub: "user_1",
    v: 2,
    ...members,
  };
}

function session(issuer, name, claims = {}, header = {}, rest = {}) {
  return { name, header: sessionHeader(header), payload: sessionPayload(issuer, claims), ...rest };
}

const from = (iat, more = {}) => ({ iat, nbf: iat - 10, exp: iat + 60, ...more });

function plainSessions(issuer) {
  const times = { good: NOW, newer: NOW + 4, older: NOW - 40, expired: NOW - 600, stale: NOW - 48 * HOUR, early: NOW + 600 };
  const sessions = ["user_1", "user_2"].flatMap((sub) =>
    Object.entries(times).map(([name, iat]) => session(issuer, `${name} ${sub}`, from(iat, { sub, sid: `sess_${sub}` }))),
  );
  return [...sessions, session(issuer, "forged", {}, {}, { key: "stranger" })];
}

function spoiledHeaders(issuer) {
  const header = (name, members, rest) => session(issuer, `header ${name}`, {}, members, rest);
  return [
    header("without a type", { typ: undefined }),
    header("typ jwt", { typ: "jwt" }),
    header("typ null", { typ: null }),
    header("alg none", { alg: "none" }),
    header("alg HS256", { alg: "HS256" }),
    header("alg RS384", { alg: "RS384" }, { only: "algorithm" }),
    header("another kid", { kid: "ins_other" }),
    header("without a kid", { kid: undefined }),
    header("kid 5", { kid: 5 }, { only: "key id" }),
    header("without a category", { cat: undefined }),
    header("category of instances without categories", { cat: "cl_I7d4PD111III" }),
    ...[TEMPLATE, MACHINE, "other", "", null, 1].map((cat) => header(`cat ${JSON.stringify(cat)}`, { cat })),
    header("crit", { crit: ["x"] }, { only: "critical header" }),
    header("padded", {}, { append: "==", only: "padding" }),
    { name: "header is a list", header: [], payload: sessionPayload(issuer), only: "no object" },
    { name: "payload is a list", header: sessionHeader(), payload: [], only: "no object" },
    { name: "payload is no JSON", header: sessionHeader(), payload: "{" },
    {
      name: "payload names sub twice",
      header: sessionHeader(),
      payload: JSON.stringify(sessionPayload(issuer)).replace("{", '{"sub":"user_0",'),
      only: "duplicate member",
    },
  ];
}

function spoiledClaims(issuer) {
  const claim = (name, value, only) => session(issuer, `claim ${name} ${JSON.stringify(value)}`, { [name]: value }, {}, { only });
  return [
    claim("sub", undefined),
    claim("sub", 1),
    claim("sub", "", "session without ids"),
    claim("sid", undefined, "session without ids"),
    claim("sid", 5, "session without ids"),
    claim("iss", "https://clerk.other.example"),
    claim("iss", `${issuer}/`),
    claim("iss", undefined),
    claim("iss", 1),
    claim("iss", null),
    claim("iss", [issuer]),
    claim("azp", undefined),
    claim("azp", "https://other.example.com"),
    claim("azp", ""),
    claim("exp", undefined),
    claim("exp", NOW + 60.5, "fractions"),
    claim("exp", 9e15, "endless times"),
    claim("nbf", undefined),
    claim("nbf", "1"),
    claim("nbf", null),
    claim("nbf", NOW + 600),
    claim("iat", undefined),
    claim("iat", "1735689600"),
    claim("iat", NOW + 600),
    claim("aud", undefined, "audience"),
    claim("aud", "b"),
    claim("aud", ["b", "a"]),
    claim("aud", ["b"]),
    claim("aud", [], "audience"),
    claim("aud", 5, "audience"),
    claim("aud", ["b", 5], "audience"),
    claim("sts", undefined),
    claim("sts", "pending"),
    claim("sts", "revoked", "session status"),
    claim("sts", null, "session status"),
  ];
}

function specialSessions(issuer) {
  return [
    session(issuer, "impersonated", { act: { sub: "user_9", sid: "sess_9", iss: "https://dashboard.clerk.com" } }),
    session(issuer, "agent", { act: { sub: "agent_1", type: "agent" } }),
    session(issuer, "actor without a name", { act: {} }, {}, { only: "actor" }),
    session(issuer, "without factor ages", { fva: undefined }),
    session(issuer, "both factors", { fva: [5, 7] }),
    session(issuer, "custom claims", { email: "ada@example.com", metadata: { a: [1, "\u00e9"] }, oiat: NOW }),
    session(issuer, "pending, expired", { sts: "pending", ...from(NOW - 600) }),
  ];
}

function organizations(issuer) {
  const v1 = (name, claims, only) => session(issuer, `organization v1 ${name}`, { v: undefined, ...claims }, {}, { only });
  const v2 = (name, o, fea, only) => session(issuer, `organization v2 ${name}`, { o, fea }, {}, { only });
  const acme = { id: "org_1", slg: "acme", rol: "admin", per: "manage,read", fpm: "3,2" };
  return [
    v2("with permissions", acme, "o:dashboard,o:teams"),
    v2("with features of the user between", acme, "u:profile,o:dashboard,uo:teams"),
    v2("without permissions", { id: "org_1", rol: "member" }),
    v2("with an id only", { id: "org_1" }),
    v2("pending", acme, "o:dashboard"),
    v2("with a feature without a scope", acme, "dashboard", "broken organization"),
    v2("with a numeric mask", { ...acme, fpm: 1 }, "o:a", "broken organization"),
    v2("without an id", { rol: "admin" }, "o:a", "organization without an id"),
    v1("with permissions", { org_id: "org_1", org_role: "org:admin", org_slug: "acme", org_permissions: ["org:a:read", "x"] }),
    v1("with an id only", { org_id: "org_1" }),
    v1("with claims of v2", { o: acme, fea: "o:dashboard" }),
    session(issuer, "organization v1 claims in v2", { org_id: "org_1", org_role: "org:admin" }),
  ];
}

function machines(issuer) {
  const m2m = (name, claims = {}, header = {}, rest = {}) => ({
    name: `m2m ${name}`,
    header: { alg: "RS256", cat: MACHINE, kid: KEY_ID, typ: "JWT", ...header },
    payload: { iss: issuer, sub: "mch_1", aud: ["mch_2"], jti: "mt_1", ...from(NOW), scopes: "mch_2 mch_3", ...claims },
    ...rest,
  });
  const oauth = (name, claims = {}, header = {}, rest = {}) => ({
    name: `oauth ${name}`,
    header: { alg: "RS256", kid: KEY_ID, typ: "at+jwt", ...header },
    payload: { iss: issuer, sub: "user_1", client_id: "client_1", jti: "oat_1", ...from(NOW), scope: "profile email", ...claims },
    ...rest,
  });
  return [
    m2m("good"),
    m2m("without a category", {}, { cat: undefined }),
    m2m("of a session's category", {}, { cat: SESSION }),
    m2m("of another issuer", { iss: "https://clerk.m2m.example.test" }),
    m2m("without an issuer", { iss: undefined }),
    m2m("of a party", { azp: "https://evil.example.net" }),
    m2m("with an actor", { act: { sub: "agent_1" } }),
    m2m("expired", from(NOW - 600)),
    m2m("early", from(NOW + 600)),
    m2m("with custom claims", { tier: "gold", scopes: undefined }),
    m2m("of another key", {}, {}, { key: "stranger" }),
    m2m("of the type at+jwt", {}, { typ: "at+jwt" }),
    oauth("good"),
    oauth("of the long type", {}, { typ: "application/at+jwt" }),
    oauth("with scp", { scope: undefined, scp: ["a", "b"] }),
    oauth("of another issuer", { iss: "https://clerk.oauth.example.test" }),
    oauth("of a party", { azp: "https://evil.example.net" }),
    oauth("expired", from(NOW - 600)),
    ...[
      null,
      { sub: "agent_1", iss: "https://agents.example", extra: 1 },
      { sub: "agent_1", act: { iss: "https://agents.example", sub: "agent_2" } },
      { sub: "agent_1", act: { sub: "agent_2", act: { sub: "agent_3" } } },
      { sub: "agent_1", act: null },
    ].map((act) => oauth(`for ${JSON.stringify(act)}`, { act })),
    ...["a", [{ sub: "a" }], { sub: 5 }, { sub: "" }, { sub: "a", iss: 5 }, { iss: "https://agents.example", act: { sub: "a" } }, { sub: "a", act: { iss: "b" } }].map(
      (act) => oauth(`for ${JSON.stringify(act)}`, { act }, {}, { only: "actor" }),
    ),
    oauth("for the audience a", { aud: "a" }),
    oauth("for the audiences b and a", { aud: ["b", "a"] }),
    oauth("for the audience b", { aud: "b" }),
    oauth("of another key", {}, {}, { key: "stranger" }),
    oauth("of a session's category", {}, { cat: SESSION }),
  ];
}

/** Handshake tokens whose payload lists directives with these session tokens. */
export function describeHandshakes(directivesOf) {
  const handshake = (name, directives, header = {}, rest = {}) => ({
    name: `handshake ${name}`,
    header: sessionHeader(header),
    payload: { handshake: directives },
    ...rest,
  });
  const good = directivesOf("good user_1");
  return [
    handshake("good", good),
    handshake("with the suffixed cookie last", [...good].reverse()),
    handshake("expired session", directivesOf("expired user_1")),
    handshake("stale session", directivesOf("stale user_1")),
    handshake("early session", directivesOf("early user_1")),
    handshake("session of another key", directivesOf("forged")),
    handshake("signed out", ["__session=; Path=/; Max-Age=0", "__client_uat=0; Path=/"]),
    handshake("without a session", ["__client_uat=0; Path=/"]),
    handshake("without directives", []),
    handshake("of another key", good, {}, { key: "stranger" }),
    handshake("of a template", good, { cat: TEMPLATE }),
    handshake("without a category", good, { cat: undefined }),
    handshake("of another type", good, { typ: "at+jwt" }),
    { name: "handshake without a list", header: sessionHeader(), payload: { handshake: "x" } },
    { name: "handshake without anything", header: sessionHeader(), payload: {} },
  ];
}
