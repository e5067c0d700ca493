// Sessions and questions to them, at random from a seed.

import { Random } from "../random.mjs";

/** 2100-01-01T00:00:00Z */
export const EXPIRES = 4102444800;
export const LEVELS = ["first_factor", "second_factor", "multi_factor"];
export const PRESETS = ["strict_mfa", "strict", "moderate", "lax"];
const AGES = [-1, -1, 0, 0, 5, 9, 10, 11, 59, 60, 61, 1439, 1440, 1441];
const BLANKS = [" ", "\t", "\u00a0", "\u2003", "\ufeff", "\u200b"];

/** That many pairs, no two of them the same. */
export function randomPairs(seed, count) {
  const random = new RandomAsks(seed);
  const pairs = new Map();
  while (pairs.size < count) {
    const pair = random.pair();
    pairs.set(JSON.stringify(pair), pair);
  }
  return [...pairs.values()];
}

class RandomAsks extends Random {
  pair() {
    return { claims: this.claims(), ask: this.ask(), treatPendingAsSignedOut: this.oneIn(2) };
  }

  claims() {
    return {
      sub: "user_1",
      exp: EXPIRES,
      ...this.maybe("sid", 60, () => "sess_1", () => ""),
      ...this.maybe("sts", 12, () => this.pick(["active", "active", "active", "active", "pending"]), () => this.pick([null, "revoked", 5])),
      ...this.sometimes("act", 30, () => this.pick([{ sub: "user_2" }, {}, null])),
      ...this.organization(),
      ...this.maybe("fea", 20, () => this.scoped(["a", "b", "o"]), () => this.pick([null, 5, ["o:a"], { a: 1 }])),
      ...this.maybe("pla", 20, () => this.scoped(["pro", "free"]), () => this.pick([null, 5, ["o:pro"]])),
      ...this.maybe("fva", 20, () => [this.pick(AGES), this.pick(AGES)], () => this.badAges()),
    };
  }

  organization() {
    if (this.oneIn(3)) return { ...this.version1(), ...this.sometimes("v", 4, () => this.pick([1, 3, "2", null])) };
    return { v: 2, ...this.sometimes("o", 1, () => this.version2()), ...(this.oneIn(10) ? this.version1() : {}) };
  }

  version1() {
    return {
      ...this.maybe("org_id", 8, () => "org_1", () => this.pick(["", null, 5])),
      ...this.maybe("org_role", 15, () => this.prefixed(this.role()), () => this.pick([null, 5])),
      ...this.maybe("org_permissions", 15, () => this.list(3, () => this.prefixed(this.permission())),
        () => this.pick([null, "org:a:read", ["org:a:read", 5]])),
    };
  }

  version2() {
    if (this.oneIn(30)) return this.pick([null, "org_1", []]);
    return {
      ...this.maybe("id", 12, () => "org_1", () => this.pick(["", null, 5])),
      ...this.maybe("rol", 20, () => this.role(), () => this.pick([null, 5])),
      ...this.maybe("per", 20, () => this.joined(() => this.pick(["read", "write"])), () => this.pick([null, 5])),
      ...this.maybe("fpm", 20, () => this.joined(() => this.pick(["0", "1", "2", "3", "x"])),
        () => this.pick([null, 5])),
    };
  }

  ask() {
    const makers = {
      role: () => this.prefixed(this.role()),
      permission: () => this.prefixed(this.permission()),
      feature: () => this.askedName(["a", "b"]),
      plan: () => this.askedName(["pro", "free"]),
      reverification: () => this.reverification(),
    };
    const names = Object.keys(makers);
    const asked = Array.from({ length: this.pick([0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4]) }, () => this.pick(names));
    return Object.fromEntries(names.filter((name) => asked.includes(name)).map((name) => [name, makers[name]()]));
  }

  reverification() {
    if (this.oneIn(2)) return this.pick(PRESETS);
    return { level: this.pick(LEVELS), afterMinutes: this.pick([-1, 0, 1, 5, 6, 10, 60, 1440, 2 ** 40]) };
  }

  role() {
    return this.oneIn(20) ? this.pick(["", "Admin", "org", "admin:x"]) : this.pick(["admin", "admin", "member"]);
  }

  permission() {
    if (this.oneIn(20)) return this.pick(["", "a", ":", "a:read:x", "A:READ", "a:read\u00a0"]);
    return `${this.pick(["a", "b"])}:${this.pick(["read", "write"])}`;
  }

  prefixed(name) {
    return this.pick(["", "org:", "org:", "org:org:", this.oneIn(4) ? "user:" : ""]) + name;
  }

  /** A claim that lists names. */
  scoped(names) {
    const scope = () => (this.oneIn(15) ? this.pick(["", "x:", "org:", ":"]) : this.pick(["o:", "u:", "uo:", "ou:"]));
    return this.joined(() => scope() + (this.oneIn(25) ? this.pick(["", "a:b", "é", "A"]) : this.pick(names)));
  }

  askedName(names) {
    const usual = ["", "", "", "o:", "org:", "organization:", "u:", "user:"];
    const scope = this.pick(this.oneIn(15) ? ["uo:", "x:"] : usual);
    const name = this.oneIn(15) ? this.pick(["", "a:b", "é", ":a", "o:", "a\u00a0", "a "]) : this.pick(names);
    return scope + name + (this.oneIn(25) ? ":more" : "");
  }

  joined(make) {
    const blank = () => (this.oneIn(15) ? this.pick(BLANKS) : "");
    return this.list(4, () => blank() + make() + blank()).join(",");
  }

  badAges() {
    const age = () => this.pick([0.5, 0, -2, "0", null, 1e300, -1]);
    return this.oneIn(4) ? this.pick([null, "x", 0, {}]) : this.list(3, age);
  }

  /** A member that is mostly there and mostly good. */
  maybe(name, oneIn, good, bad) {
    if (this.oneIn(10)) return {};
    return { [name]: this.oneIn(oneIn) ? bad() : good() };
  }

  sometimes(name, oneIn, make) {
    return this.oneIn(oneIn) ? { [name]: make() } : {};
  }
}
