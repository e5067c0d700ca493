// Requests at random, lines of inspect_request: the product of everything that decides about one. Most of a request is
// as it should be, so that what is special about it is reached.

import { createHash } from "node:crypto";

import { describeHandshakes, describeTokens, Mint, NOW } from "./requests_tokens.mjs";

const APP = "https://app.example.com";
const SATELLITE = "https://sat.example.org";

const INSTANCES = {
  production: { host: "clerk.example.com", key: "live", accounts: "https://accounts.example.com" },
  development: { host: "foo-bar-13.clerk.accounts.dev", key: "test", accounts: "https://foo-bar-13.accounts.dev" },
};

/** Clocks, in milliseconds from NOW: the edges of exp, nbf and iat with every skew, and far from them. */
const CLOCKS = [
  0, 0, 0, 0, 1000, 1000, 30_000, 59_999, 60_000, 61_499, 61_500, 64_999, 65_000, 65_001, 3_600_000,
  -1, -5_000, -5_001, -10_000, -10_001, -15_000, -15_001, -3_600_000, 86_400_000 - 540_000,
];

/** What a line is made with beyond chance: tokens of both instances, by name and by text. */
export class Pool {
  #facts = new Map();

  constructor() {
    const mint = (this.mint = new Mint());
    for (const [name, instance] of Object.entries(INSTANCES)) {
      const publishableKey = `pk_${instance.key}_${Buffer.from(`${instance.host}$`).toString("base64")}`;
      const suffix = cookieSuffix(publishableKey);
      const groups = describeTokens(instance.host);
      for (const list of Object.values(groups)) list.forEach((token) => this.#add(token, mint));
      const text = (wanted) => Object.values(groups).flat().find((token) => token.name === wanted).text;
      const handshakes = describeHandshakes((wanted) => handshakeDirectives(text(wanted), suffix));
      handshakes.forEach((token) => this.#add(token, mint));
      Object.assign(instance, { name, publishableKey, suffix, secretKey: `sk_${instance.key}_oracle`, groups, handshakes });
    }
  }

  #add(token, mint) {
    token.text = mint.mint(token);
    this.#facts.set(token.text, token);
  }

  /** The description of a token. */
  find(text) {
    return this.#facts.get(text);
  }

  get tokens() {
    return [...this.#facts.values()];
  }
}

export function cookieSuffix(publishableKey) {
  return createHash("sha1").update(publishableKey).digest("base64url").slice(0, 8);
}

function handshakeDirectives(session, suffix) {
  return [
    `__client_uat=${NOW - 1}; Path=/; Domain=example.com; Max-Age=315360000; Secure; SameSite=Lax`,
    `__client_uat_${suffix}=${NOW - 1}; Path=/; Domain=example.com; Max-Age=315360000; Secure; SameSite=Lax`,
    `__session_${suffix}=${session}; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Secure; SameSite=Lax`,
    `__session=${session}; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Secure; SameSite=Lax`,
  ];
}

/** Numbers below a limit, and choices, from a seed. */
function chance(seed) {
  let state = Number(seed) >>> 0;
  const below = (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  const pick = (list) => list[below(list.length)];
  return { below, pick, oneIn: (limit) => below(limit) === 0 };
}

/** So many different lines. */
export function* generate(pool, seed, count) {
  const dice = chance(seed);
  const seen = new Set();
  while (seen.size < count) {
    const line = { id: seen.size, ...new Draft(pool, dice).line() };
    const { id, ...content } = line;
    const text = JSON.stringify(content);
    if (seen.has(text)) continue;
    seen.add(text);
    yield line;
  }
}

class Draft {
  constructor(pool, dice) {
    Object.assign(this, { pool, dice });
    this.instance = dice.oneIn(2) ? INSTANCES.production : INSTANCES.development;
    this.headers = {};
    this.cookies = [];
    this.query = [];
    this.backend = [];
    this.origin = APP;
    this.mayDiffer = dice.oneIn(3);
  }

  line() {
    const { dice } = this;
    this.options();
    this.navigation();
    dice.pick([this.#cookieFlow, this.#cookieFlow, this.#headerFlow, this.#handshakeFlow, this.#machineFlow]).call(this);
    if (dice.oneIn(10)) this.#satellite();
    if (dice.oneIn(10)) this.#proxy();
    if (this.#differs(8)) this.#forwarded();
    return this.#finish();
  }

  /** Whether this is where the request leaves what both judge alike; not more than once in a request. */
  #differs(oneIn) {
    if (!this.mayDiffer || !this.dice.oneIn(oneIn)) return false;
    this.mayDiffer = false;
    return true;
  }

  options() {
    const { dice, instance, pool } = this;
    this.set = { publishableKey: instance.publishableKey, secretKey: instance.secretKey, jwtKey: pool.mint.publicKeyPem };
    if (dice.oneIn(8)) this.#otherKeys();
    if (dice.oneIn(4)) this.set.authorizedParties = dice.pick([[], [APP], ["https://else.example.com", APP], ["https://else.example.com"]]);
    if (dice.oneIn(6)) this.set.audience = dice.pick(["a", ["a"], ["c", "a"]]);
    if (dice.oneIn(8)) this.set.issuer = this.#issuer();
    if (dice.oneIn(4)) this.set.clockSkewInMs = dice.pick([0, 1500, 5000, 300_000]);
    if (dice.oneIn(8)) this.set.treatPendingAsSignedOut = dice.oneIn(2);
    if (dice.oneIn(8)) this.set.signInUrl = dice.pick(["/sign-in", "https://accounts.example.net/in", `${APP}/sign-in`]);
    if (dice.oneIn(12)) this.set.acceptsToken = "session_token";
    if (dice.oneIn(200)) this.set.publishableKey = dice.pick(["pk_live_x", "sk_live_Y2xlcmsuZXhhbXBsZS5jb20k"]);
    if (this.#differs(20)) this.#carelessOption();
    this.now = NOW * 1000 + dice.pick(CLOCKS);
  }

  /** Empty is the same as absent. */
  #issuer() {
    const issuer = `https://${this.instance.host}`;
    const other = "https://clerk.other.example";
    return this.dice.pick([issuer, issuer, [issuer], [other, issuer], other, [other], "", []]);
  }

  /** What Clerk's SDK takes, or never looks at. */
  #carelessOption() {
    const { dice } = this;
    const slip = dice.pick([
      { secretKey: undefined },
      { secretKey: this.instance.key === "live" ? "sk_test_oracle" : "sk_live_oracle" },
      { clockSkewInMs: -1 },
      { clockSkewInMs: 300_001 },
      { audience: "" },
      { authorizedParties: [`${APP}/`] },
      { authorizedParties: [""] },
      { issuer: [""] },
    ]);
    Object.assign(this.set, slip);
  }

  /** Keys from elsewhere than the PEM. */
  #otherKeys() {
    const { dice, pool } = this;
    delete this.set.jwtKey;
    const other = { ...pool.mint.jwks, keys: [{ ...pool.mint.jwks.keys[0], kid: "ins_unknown" }] };
    const errors = (code) => ({ errors: [{ code, message: "no", long_message: "no" }] });
    dice.pick([
      () => (this.set.jwks = pool.mint.jwks),
      () => (this.set.jwks = other),
      () => this.#answer("GET", "/v1/jwks", 200, pool.mint.jwks),
      () => this.#answer("GET", "/v1/jwks", 200, { keys: [] }),
      () => this.#answer("GET", "/v1/jwks", 400, errors("bad_request")),
      () => this.#answer("GET", "/v1/jwks", 401, errors("clerk_key_invalid")),
      () => this.#differs(1),
    ])();
  }

  #knownKeys() {
    this.set.jwtKey = this.pool.mint.publicKeyPem;
    this.backend = this.backend.filter(({ path }) => path !== "/v1/jwks");
  }

  #answer(method, path, status, body) {
    this.backend.push({ method, path, status, body });
  }

  navigation() {
    const { dice } = this;
    this.method = dice.pick(["GET", "GET", "GET", "GET", "GET", "POST", "HEAD", "OPTIONS"]);
    const html = "text/html,application/xhtml+xml,*/*;q=0.8";
    Object.assign(
      this.headers,
      dice.pick([
        {},
        { "sec-fetch-dest": "document", accept: html },
        { "sec-fetch-dest": "document", accept: html },
        { "sec-fetch-dest": "document" },
        { "sec-fetch-dest": "iframe", accept: html },
        { "sec-fetch-dest": "empty", accept: "*/*" },
        { "sec-fetch-dest": "empty", accept: html },
        { "sec-fetch-dest": "", accept: html },
        { accept: html },
        { accept: "text/html" },
        { accept: "TEXT/HTML" },
        { accept: "application/json, text/html" },
        { accept: "*/*" },
      ]),
    );
    this.path = dice.pick(["/dash", "/dash", "/dash", "/", "/a%20b/%C3%A9", "/api/x"]);
    if (dice.oneIn(20)) this.path = dice.pick(["/a/../b/./c", "//x", "/a b\u00e9|`{}", "/%zz", "/a;b=1,c", "/a\\b"]);
    if (dice.oneIn(20)) this.origin = dice.pick(["http://localhost:3000", "https://app.example.com:8443", "https://APP.example.com"]);
    if (dice.oneIn(2)) this.query.push(dice.pick(["q=1", "q=a%20b+c", "x=%2F&y=", "q=%C3%A9", "a=1&a=2", "flag", "q='*~!()"]));
    if (dice.oneIn(3)) this.headers.referer = this.#referrer();
    if (dice.oneIn(8)) this.cookies.push(["__clerk_redirect_count", dice.pick(["0", "1", "2", "3", "abc", ""])]);
    if (this.#differs(20)) this.cookies.push(["__clerk_redirect_count", dice.pick(["4", "17", "3.0", "-1"])]);
    if (dice.oneIn(10)) this.headers["user-agent"] = "Mozilla/5.0";
  }

  #referrer() {
    const { host, accounts } = this.instance;
    return this.dice.pick([
      `${APP}/other`, `https://${host}/v1/x`, `${accounts}/sign-in`, "https://search.example.net/?q=1", `${SATELLITE}/x`,
      "http://app.example.com/", `${APP}:8443/`, "https://name.accounts.dev/x", "nonsense", "about:blank",
    ]);
  }

  /** A session token; without a fault that only we see if there is such a thing in the request already. */
  #session() {
    const { plain, spoiled, special } = this.instance.groups;
    const { dice } = this;
    if (this.#differs(6)) return dice.pick([...spoiled, ...special].filter(({ only }) => only)).text;
    if (!this.set.jwtKey && this.#differs(3)) return spoiled.find(({ name }) => name === "header without a kid").text;
    if (dice.oneIn(40)) return dice.pick(["abc", "a.b.c", "a.b", "..", "null", "ak_1"]);
    const token = dice.pick(dice.pick([plain, plain, plain, plain, spoiled, special]));
    if (!token.only) return token.text;
    return this.#differs(1) ? token.text : plain[0].text;
  }

  #cookieFlow() {
    const { dice, instance } = this;
    const { suffix } = instance;
    const uses = dice.pick(["plain", "plain", "suffixed", "suffixed", "both", "both", "both", "any"]);
    const wants = (kind) => (uses === "any" ? dice.oneIn(2) : uses === kind || uses === "both");
    if (wants("plain") && !dice.oneIn(12)) this.#cookie("__session", this.#session());
    if (wants("plain") && !dice.oneIn(12)) this.#cookie("__client_uat", this.#clientUat());
    if (wants("suffixed") && !dice.oneIn(12)) this.#cookie(`__session_${suffix}`, this.#session());
    if (wants("suffixed") && !dice.oneIn(12)) this.#cookie(`__client_uat_${suffix}`, this.#clientUat());
    if (dice.oneIn(30)) this.#cookie(`__session_${cookieSuffix("pk_live_other")}`, this.#session());
    if (this.#differs(4)) this.#cookie(`__refresh_${suffix}`, "refresh_1");
    this.#devBrowser();
    if (dice.oneIn(20)) this.headers.authorization = "Basic YTpi";
    if (dice.oneIn(30)) this.cookies.push(dice.pick(this.cookies.length ? this.cookies : [["a", "b"]]));
  }

  #cookie(name, value) {
    const { dice, pool } = this;
    const written = dice.oneIn(40) && !pool.find(value)?.only ? dice.pick([`"${value}"`, encodeURIComponent(value).replace(/\./g, "%2E"), "", "%"]) : value;
    this.cookies.push([name, written]);
  }

  #clientUat() {
    const { dice } = this;
    if (dice.oneIn(8)) return dice.pick(["abc", `${NOW - 1}abc`, "-5", "", "12.5", "1e9", "00", "+7", "0x10"]);
    return String(dice.pick([0, NOW - 1, NOW - 1, NOW - 1, NOW - 41, NOW, NOW + 1, NOW + 4, NOW + 5, NOW - 700]));
  }

  #devBrowser() {
    const { dice, instance } = this;
    if (instance.name !== "development" ? !dice.oneIn(10) : dice.oneIn(6)) return;
    if (dice.oneIn(3)) this.#cookie(`__clerk_db_jwt_${instance.suffix}`, "dvb_2");
    if (!dice.oneIn(4)) this.#cookie("__clerk_db_jwt", "dvb_1");
    if (dice.oneIn(8)) this.query.push(dice.pick(["__clerk_db_jwt=dvb_3", "__clerk_db_jwt=", "__dev_session=dvb_4"]));
    if (dice.oneIn(12)) this.query.push(`__clerk_redirect_url=${encodeURIComponent(`${SATELLITE}/back?a=1`)}`);
    if (this.#differs(20)) this.query.push(`__clerk_redirect_url=${dice.pick(["nonsense", "javascript:alert(1)", "//else.example.com"])}`);
  }

  #headerFlow() {
    const token = this.#session();
    this.#authorization(token);
    if (this.dice.oneIn(3)) this.#cookieFlow();
    if (this.headers.authorization === undefined) this.#authorization(token);
  }

  #authorization(token) {
    const { dice } = this;
    this.headers.authorization = `Bearer ${token}`;
    if (dice.oneIn(20)) this.headers.authorization = dice.pick(["Basic YTpi", "Digest x", "Basic"]);
    if (!this.#differs(10)) return;
    this.headers.authorization = dice.pick([
      token, `bearer ${token}`, `BEARER ${token}`, `Bearer  ${token}`, `Bearer\t${token}`, `Bearer ${token} more`,
      "Bearer", [`Bearer ${token}`, "Bearer x"],
    ]);
  }

  #handshakeFlow() {
    const { dice, instance } = this;
    const isNonce = dice.oneIn(3) && this.set.secretKey !== undefined;
    const isStray = this.#differs(4);
    if (isStray || instance.name === "production") this.#knownKeys();
    if (!this.set.jwtKey) this.mayDiffer = false; // What is wrong with the token is told before its key is looked for.
    if (!this.#differs(4)) this.#document();
    const name = isNonce ? "__clerk_handshake_nonce" : "__clerk_handshake";
    const value = isNonce ? this.#nonce() : dice.oneIn(20) ? "abc" : dice.pick(instance.handshakes).text;
    if ((instance.name === "development") !== isStray) this.query.push(`${name}=${value}`);
    else this.cookies.push([name, value]);
    if (dice.oneIn(4)) this.query.push("__clerk_help=1");
    if (dice.oneIn(6)) this.headers.authorization = `Bearer ${instance.groups.plain[0].text}`;
    this.#cookieFlow();
  }

  /** Clerk sends browsers back to pages. */
  #document() {
    const html = "text/html,application/xhtml+xml,*/*;q=0.8";
    this.method = "GET";
    delete this.headers["sec-fetch-dest"];
    Object.assign(this.headers, this.dice.pick([{ "sec-fetch-dest": "document", accept: html }, { "sec-fetch-dest": "iframe", accept: html }, { accept: html }]));
  }

  #nonce() {
    const { dice, instance } = this;
    const nonce = dice.pick(["abc", "n_1-2", "a%20b"]);
    const path = `/v1/clients/handshake_payload?nonce=${nonce.replace("%20", "+")}`;
    const { payload } = dice.pick(instance.handshakes);
    const directives = Array.isArray(payload.handshake) ? payload.handshake : [];
    const mayFail = instance.name === "development" || this.#differs(2);
    const [status, body] = dice.pick([[200, { directives }], ...(mayFail ? [[404, { errors: [{ code: "resource_not_found", message: "no" }] }], []] : [])]);
    if (status) this.#answer("GET", path, status, body);
    return nonce;
  }

  #machineFlow() {
    const { dice, instance } = this;
    const types = ["session_token", "api_key", "m2m_token", "oauth_token"];
    const list = types.filter(() => dice.oneIn(2));
    this.set.acceptsToken = dice.pick([...types.slice(1), ...types.slice(1), "any", list, list]);
    if (dice.oneIn(6)) return this.#cookieFlow();
    const opaque = () => this.#opaque();
    const jwt = () => this.#machineJwt();
    this.#authorization(dice.pick([opaque, jwt, jwt, () => this.#session()])());
    if (this.#differs(10)) this.headers.authorization = [this.headers.authorization, "Bearer x"];
    if (dice.oneIn(4)) this.#cookieFlow();
  }

  #machineJwt() {
    const { machines } = this.instance.groups;
    const { text, only } = this.dice.pick(machines);
    return !only || this.#differs(1) ? text : machines[0].text;
  }

  #opaque() {
    const { dice } = this;
    if (this.#differs(8)) delete this.set.secretKey;
    const [prefix, path, body] = dice.pick([
      ["ak", "/api_keys/verify", { object: "api_key", type: "api_key", name: "key", claims: { a: 1 }, subject: dice.pick(["user_1", "org_1"]) }],
      ["mt", "/m2m_tokens/verify", { object: "machine_to_machine_token", claims: null, subject: "mch_1" }],
      ["oat", "/oauth_applications/access_tokens/verify", { object: "clerk_idp_oauth_access_token", type: "oauth:access_token", client_id: "client_1", subject: "user_1", act: this.#actor() }],
    ]);
    const lasting = { revoked: false, revocation_reason: null, expired: false, expiration: null, created_at: NOW * 1000, updated_at: NOW * 1000 };
    const whole = { id: `${prefix}_id`, scopes: ["a", "b"], ...lasting, ...body };
    const errors = { errors: [{ code: "x", message: "no", long_message: "no" }] };
    const answers = [[200, whole], [200, whole], [404, errors], [401, errors], [dice.pick([400, 410, 422]), errors]];
    const [status, content] = dice.pick(answers);
    if (this.#differs(4)) this.#answer("POST", path, 200, { ...whole, ...dice.pick([{ revoked: true }, { expired: true }]) });
    else this.#answer("POST", path, status, content);
    return `${prefix}_0123456789`;
  }

  #actor() {
    const agent = { iss: "https://agents.example", sub: "agent_1" };
    return this.dice.pick([undefined, undefined, null, agent, { sub: "agent_2", act: agent }, { sub: "agent_3", act: { sub: "agent_2", act: agent } }]);
  }

  #satellite() {
    const { dice } = this;
    this.origin = SATELLITE;
    this.set.isSatellite = true;
    if (!dice.oneIn(10)) this.set.domain = "sat.example.org";
    if (dice.oneIn(2)) this.set.satelliteAutoSync = dice.oneIn(2);
    if (!dice.oneIn(6)) this.set.signInUrl = dice.pick([`${APP}/sign-in`, "https://accounts.example.net/in?x=1"]);
    if (dice.oneIn(2)) this.query.push(`__clerk_synced=${dice.pick(["true", "false", "maybe"])}`);
    if (this.#differs(3)) this.headers.origin = dice.pick([SATELLITE, APP]);
  }

  #proxy() {
    this.set.proxyUrl = this.dice.pick(["/__clerk", "/__clerk/", `${APP}/__clerk`, "https://proxy.example.com/clerk//"]);
  }

  #forwarded() {
    const { dice } = this;
    if (dice.oneIn(2)) this.set.trustForwardedHeaders = true;
    if (this.path === "//x") this.path = "/x"; // A host, behind another origin, for Clerk's SDK.
    Object.assign(
      this.headers,
      dice.pick([
        { "x-forwarded-host": "proxy.example.net" },
        { "x-forwarded-host": "a.example.net, b.example.net", "x-forwarded-proto": "http, https" },
        { "x-forwarded-proto": "http" },
        { "x-forwarded-host": "proxy.example.net:8443" },
        { host: "inner.example.net" },
        { host: "app.example.com", "x-forwarded-proto": "https" },
      ]),
    );
  }

  #finish() {
    const { dice, headers } = this;
    const pairs = this.cookies.map(([name, value]) => `${name}=${value}`);
    if (pairs.length > 0) headers.cookie = pairs.join(dice.oneIn(20) ? ";" : "; ");
    if (pairs.length > 1 && dice.oneIn(20)) headers.cookie = [pairs[0], pairs.slice(1).join("; ")];
    const url = this.origin + this.path + (this.query.length > 0 ? `?${this.query.join("&")}` : "");
    const line = { now: this.now, method: this.method, url, headers, options: this.set };
    return this.backend.length > 0 ? { ...line, backend: this.backend } : line;
  }
}
