/** What the writer does between commits: in small steps, at most half of its time. */
import type { Tables } from './tables.ts';

/** Messages taken out in a step: a step takes about 1 ms, by which it may delay a commit. */
const STEP = 100;
/** ms between two looks at the oldest message, at the least and at the most. */
const SOONEST = 10;
const LATEST = 60_000;
/** ms until the first look whether there is something to tidy, and between any two. */
const TIDY_AFTER = 1_000;
const TIDY_EVERY = 10_000;

/** Takes out what is older than `keepMs` ms. Begins at once. */
export function retention(tables: Tables, keepMs: number): Upkeep {
  return new Upkeep(() => {
    const now = Date.now();
    const { taken, oldest } = tables.forget(now - keepMs, STEP);
    if (taken === STEP) return undefined;
    const due = oldest === undefined ? keepMs : oldest + keepMs - now;
    return Math.min(LATEST, Math.max(SOONEST, due));
  });
}

/** Keeps questions cheap. Not at once: a server that starts has other things to do. */
export function tidying(tables: Tables): Upkeep {
  return new Upkeep(() => (tables.tidy() ? undefined : TIDY_EVERY), TIDY_AFTER);
}

export class Upkeep {
  readonly #step: () => number | undefined;
  #timer: NodeJS.Timeout;

  /** `step` says in how many ms there will be more to do; `undefined`: there may be already. `begin`: ms until the first. */
  constructor(step: () => number | undefined, begin = 0) {
    this.#step = step;
    this.#timer = setTimeout(() => this.#run(), begin);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #run(): void {
    const began = performance.now();
    const wait = this.#tried();
    const took = performance.now() - began;
    this.#timer = setTimeout(() => this.#run(), wait ?? took);
  }

  #tried(): number | undefined {
    try {
      return this.#step();
    } catch {
      return LATEST; // As good as a full disk: commits say so, and it goes on when there is room.
    }
  }
}
