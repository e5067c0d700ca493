// The rules of permissions told once more, so that each can be left out: a question whose answer is another without a rule
// is one that tests this rule.

import { LEVELS, RESOURCES } from "./permission_vendor.mjs";

const VISIBILITIES = ["comments:public", "comments:private"];

/** Of a token or a session, `{entries, room}`. */
export const ENTRY_RULES = [
  "a key without a star is one room",
  "the first star counts wherever it stands",
  "further stars are characters",
  "the strongest base of all entries counts",
  "the most specific scope of a part counts",
  "of equally specific scopes the first may be the strongest",
  "of equally specific scopes the last may be the strongest",
  "scopes for comments of an entry stand for both visibilities",
  "the strongest scope in a set counts",
  "the older names of base scopes are the same",
  "without a base there is nothing",
  "parts inherit from the room",
  "whoever has a base writes what is personal",
];

/** Of a set of scopes, `{scopes}`. */
export const SET_RULES = ["visibilities inherit from comments"];

/** Of a room, `{default, groups, user}`. */
export const ROOM_RULES = [
  "the strongest of the groups counts",
  "groups count before the default",
  "the user counts before groups",
  "parts that a layer does not name stay",
  "scopes for comments of a layer stand for both visibilities",
];

/** Answers without one of the rules, or with all of them. */
export class Model {
  #leftOut;

  constructor(leftOut) {
    this.#leftOut = leftOut;
  }

  resolve(entries, room) {
    const matching = entries.filter(([key]) => this.#matches(key, room));
    return matching.length === 0 ? null : this.#matrix(this.#combine(matching));
  }

  readScopes(scopes) {
    return this.#matrix(this.#stated(scopes, false));
  }

  mergeRoom({ default: byDefault, groups, user }) {
    const merged = {};
    const layers = [this.#layer([byDefault]), this.#layer(groups), this.#layer([user])];
    if (this.#without("groups count before the default")) layers.reverse();
    if (this.#without("the user counts before groups")) layers.splice(1, 2, layers[2], layers[1]);
    for (const layer of layers) {
      const names = Object.keys(layer);
      if (names.length > 0 && this.#without("parts that a layer does not name stay")) {
        RESOURCES.forEach((resource) => delete merged[resource]);
      }
      Object.assign(merged, layer);
    }
    return this.#matrix(merged);
  }

  #matrix(stated) {
    const base = stated.room ?? (this.#without("without a base there is nothing") ? 0 : undefined);
    if (base === undefined) return RESOURCES.map(() => 0);
    const inherited = this.#without("parts inherit from the room") ? 0 : base;
    const comments = stated.comments ?? inherited;
    const visible = this.#without("visibilities inherit from comments") ? inherited : comments;
    const personal = this.#without("whoever has a base writes what is personal") ? base : LEVELS.indexOf("write");
    const visibilities = VISIBILITIES.map((resource) => stated[resource] ?? visible);
    return [base, stated.storage ?? inherited, comments, ...visibilities, stated.feeds ?? inherited, personal];
  }

  #without(rule) {
    return this.#leftOut === rule;
  }

  #matches(key, room) {
    const isPattern = this.#without("the first star counts wherever it stands") ? /^[^*]*\*$/.test(key) : key.includes("*");
    if (!isPattern) return this.#without("a key without a star is one room") ? room.startsWith(key) : key === room;
    return room.startsWith(this.#without("further stars are characters") ? key.replaceAll("*", "") : key.replace("*", ""));
  }

  /** What a set of scopes says, by resource. */
  #stated(scopes, fallback) {
    const result = {};
    for (const scope of scopes) {
      const [, feature, name] = /^(.*):(none|read|write)$/.exec(scope);
      const isBase = feature === "*" || (feature === "room" && !this.#without("the older names of base scopes are the same"));
      const resource = isBase ? "room" : feature;
      if (!RESOURCES.includes(resource) || (resource === "room" && !isBase)) continue;
      const level = LEVELS.indexOf(name);
      const isLast = this.#without("the strongest scope in a set counts");
      result[resource] = isLast ? level : Math.max(result[resource] ?? 0, level);
    }
    if (fallback && result.comments !== undefined) {
      for (const resource of VISIBILITIES) result[resource] ??= result.comments;
    }
    return result;
  }

  #combine(entries) {
    const best = {};
    for (const [key, scopes] of entries) {
      const specificity = key.replace("*", "").length;
      const stated = this.#stated(scopes, !this.#without("scopes for comments of an entry stand for both visibilities"));
      for (const [resource, level] of Object.entries(stated)) {
        best[resource] = this.#better(resource, best[resource], { level, specificity });
      }
    }
    return Object.fromEntries(Object.entries(best).map(([resource, { level }]) => [resource, level]));
  }

  #better(resource, old, young) {
    if (old === undefined) return young;
    const stronger = young.level > old.level ? young : old;
    if (resource === "room" && !this.#without("the strongest base of all entries counts")) return stronger;
    if (this.#without("the most specific scope of a part counts")) return stronger;
    if (young.specificity !== old.specificity) return young.specificity > old.specificity ? young : old;
    if (this.#without("of equally specific scopes the first may be the strongest")) return young;
    if (this.#without("of equally specific scopes the last may be the strongest")) return old;
    return stronger;
  }

  #layer(sets) {
    const fallback = !this.#without("scopes for comments of a layer stand for both visibilities");
    const merged = {};
    for (const scopes of sets) {
      for (const [resource, level] of Object.entries(this.#stated(scopes, fallback))) {
        const isLast = this.#without("the strongest of the groups counts");
        merged[resource] = isLast ? level : Math.max(merged[resource] ?? 0, level);
      }
    }
    return merged;
  }
}
