// Calls made at random from a seed.

import { Random } from "../random.mjs";
import { hasBody, KNOWN_PERMISSIONS, OPTIONS, TOKEN } from "./table_of_calls.mjs";

const CHARACTERS = ["a", "Z", "0", ":", "-", " ", "/", "\n", "\0", "\"", "\\", "é", "日", "😀", "\u2028", "\x7f"];

export function randomCalls(seed, count) {
  const random = new RandomParts(seed);
  return Array.from({ length: count }, (_, i) => ({
    name: `random ${i}`,
    options: OPTIONS,
    steps: random.below(5) === 0 ? [{ identify: random.identity() }] : random.session(),
    answer: random.answer(),
  }));
}

class RandomParts extends Random {
  text(limit) {
    return this.list(limit, () => this.pick(CHARACTERS)).join("");
  }

  room() {
    const kind = this.below(10);
    if (kind === 0) return this.text(140);
    if (kind === 1) return "😀".repeat(60 + this.below(8)) + this.pick(["", "*", "a"]);
    if (kind === 2) return this.text(6) + "*" + this.text(1);
    return this.pick(["acme:*", "acme:1", "acme:product:*", "acme:product:2", "design", "*", "7", "12", "room"]);
  }

  permissions() {
    const unknown = () => (this.below(30) === 0 ? this.text(80) : this.pick(KNOWN_PERMISSIONS));
    const list = this.list(4, unknown);
    return this.below(4) === 0 ? list : [this.pick(KNOWN_PERMISSIONS.slice(0, 4)), ...list];
  }

  session() {
    const allows = this.list(14, () => ({ allow: [this.room(), this.permissions()] }));
    const after = this.below(4) === 0 ? [{ allow: [this.room(), this.permissions()] }, { authorize: true }] : [];
    return [{ prepare: { userId: this.text(20), ...this.who() } }, ...allows, { authorize: true }, ...after];
  }

  identity() {
    const groups = this.below(2) === 0 ? { groupIds: this.list(4, () => this.text(5)) } : {};
    return { userId: this.text(20), ...groups, ...this.who() };
  }

  who() {
    return {
      ...(this.below(3) === 0 ? { organizationId: this.text(5) } : {}),
      ...(this.below(2) === 0 ? { userInfo: this.below(10) === 0 ? this.value(2) : this.object(3) } : {}),
    };
  }

  object(depth) {
    return Object.fromEntries(this.list(4, () => [this.text(5), this.value(depth - 1)]));
  }

  value(depth) {
    const kind = this.below(depth > 0 ? 7 : 5);
    if (kind === 0) return null;
    if (kind === 1) return this.below(2) === 0;
    if (kind === 2) return this.below(1_000_000) - 500_000;
    if (kind === 3) return (this.below(1_000_000) - 500_000.5) * 10 ** (this.below(40) - 20);
    if (kind === 4) return this.text(10);
    if (kind === 5) return this.list(3, () => this.value(depth - 1));
    return this.object(depth);
  }

  answer() {
    if (this.below(4) === 0) return TOKEN;
    if (this.below(10) === 0) return "failure";
    const status = this.pick([200, 201, 204, 302, 304, 400, 401, 403, 404, 422, 429, 500, 503]);
    const bytes = Buffer.from(this.list(40, () => this.pick([0xef, 0xbb, 0xbf, 0xed, 0xa0, 0xf0, 0x9f, 0x41, 0x00, 0x80])));
    const headers = this.below(4) === 0 ? [["X-LB-Warn", this.pick(["w", "a, b", "\x1b[1m", "x\ty"])]] : [];
    return { status, headers, body: hasBody(status) ? bytes.toString("hex") : "" };
  }
}
