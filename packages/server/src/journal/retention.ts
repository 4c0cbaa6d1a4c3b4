/** Takes out what is too old: in small steps, between commits, at most half of the writer's time. */
import type { Tables } from './tables.ts';

/** Messages in a step: a step takes about 1 ms, by which it may delay a commit. */
const STEP = 100;
/** ms between two looks at the oldest message, at the least and at the most. */
const SOONEST = 10;
const LATEST = 60_000;

export class Retention {
  readonly #tables: Tables;
  readonly #keepMs: number;
  #timer: NodeJS.Timeout;

  /** Begins at once. `keepMs`: for how long a message is kept, in ms. */
  constructor(tables: Tables, keepMs: number) {
    this.#tables = tables;
    this.#keepMs = keepMs;
    this.#timer = setTimeout(() => this.#step());
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #step(): void {
    const began = performance.now();
    const wait = this.#forget();
    const took = performance.now() - began;
    this.#timer = setTimeout(() => this.#step(), wait ?? took);
  }

  /** ms until there will be something to take out; `undefined` if there may be already. */
  #forget(): number | undefined {
    const now = Date.now();
    try {
      const { taken, oldest } = this.#tables.forget(now - this.#keepMs, STEP);
      if (taken === STEP) return undefined;
      const due = oldest === undefined ? this.#keepMs : oldest + this.#keepMs - now;
      return Math.min(LATEST, Math.max(SOONEST, due));
    } catch {
      return LATEST; // As good as a full disk: commits say so, and what is too old goes when there is room.
    }
  }
}
