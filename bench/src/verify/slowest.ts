/**
 * How far the slowest of many is, kept at little cost: all are looked at again only when the last of those who
 * stood there has moved.
 */
export class Slowest {
  readonly #at: Float64Array;
  #there: number;
  /** How far the slowest is; Infinity if there is nobody. */
  value: number;

  /** `who[i]` tells whether the i-th is one of those to be waited for. All begin at 0. */
  constructor(who: readonly boolean[]) {
    this.#at = Float64Array.from(who, (counts) => (counts ? 0 : Number.POSITIVE_INFINITY));
    this.#there = who.filter(Boolean).length;
    this.value = this.#there > 0 ? 0 : Number.POSITIVE_INFINITY;
  }

  /** The i-th is now at `to`; ignored if it isn't waited for. True if the slowest is further than before. */
  move(i: number, to: number): boolean {
    const from = this.#at[i] ?? 0;
    if (from === to || from === Number.POSITIVE_INFINITY) return false;
    this.#at[i] = to;
    if (from !== this.value) return false;
    this.#there--;
    if (this.#there > 0) return false;
    this.#lookAgain();
    return true;
  }

  #lookAgain(): void {
    let value = Number.POSITIVE_INFINITY;
    let there = 0;
    for (const at of this.#at) {
      if (at < value) {
        value = at;
        there = 1;
      } else if (at === value) there++;
    }
    this.value = value;
    this.#there = there;
  }
}
