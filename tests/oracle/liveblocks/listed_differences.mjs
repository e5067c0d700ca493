// Lists of differences that are meant, each of which must be needed.

import { isDeepStrictEqual } from "node:util";

export class ListedDifferences {
  #needed = new Set();
  #all;

  /** Each entry has a name in `what`. */
  constructor(...lists) {
    this.#all = lists.flat();
  }

  get count() {
    return this.#all.length;
  }

  /** Notes that one of them was seen, if any; true when it was. */
  showed(difference) {
    if (difference) this.#needed.add(difference);
    return difference !== undefined;
  }

  /** The vendor's outcome as it would be without what we are meant to do otherwise. */
  rewritten(rewritings, call, theirs) {
    return rewritings.reduce((outcome, difference) => {
      const next = difference.rewrite(outcome, call);
      if (!isDeepStrictEqual(next, outcome)) this.#needed.add(difference);
      return next;
    }, theirs);
  }

  /** A text for each that did not show. */
  idle() {
    return this.#all
      .filter((difference) => !this.#needed.has(difference))
      .map(({ what }) => `the listed difference does not show: ${what}`);
  }
}
