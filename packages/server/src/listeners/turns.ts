import type { Waiting } from '../fanout/gate.ts';

/** How many of those that wait are heard in one turn of the event loop, each a portion (intake.ts): 256 lines in all, some 2 ms. */
const AT_ONCE = 8;

/**
 * Fairness among those that say much: whoever has had its portion waits until the others that wait have had theirs. Between two turns of
 * the event loop whatever came meanwhile is read, so that one line of somebody else is not behind all that floods say at once.
 */
export class Turns {
  readonly #waiting = new Set<Waiting>();
  #soon = false;

  /** Whether its turn is yet to come. */
  awaits(one: Waiting): boolean {
    return this.#waiting.has(one);
  }

  /** `goOn` is called when its turn has come. */
  wait(one: Waiting): void {
    this.#waiting.add(one);
    this.#schedule();
  }

  /** It has nothing more to say. */
  forget(one: Waiting): void {
    this.#waiting.delete(one);
  }

  #schedule(): void {
    if (this.#soon || this.#waiting.size === 0) return;
    this.#soon = true;
    setImmediate(this.#next);
  }

  readonly #next = (): void => {
    this.#soon = false;
    let left = AT_ONCE;
    // Whoever waits again is behind all others: a set is gone through in the order in which it was added to.
    for (const one of this.#waiting) {
      if (left-- === 0) break;
      this.#waiting.delete(one);
      one.goOn();
    }
    this.#schedule();
  };
}
