/** What the writer does between commits: in small steps, with pauses, since a commit that comes in the middle of one has to wait. */
import type { Tables } from './tables.ts';

/** Messages taken out in a step: a step takes about 1 ms. */
const STEP = 100;
/** ms between two looks at the oldest message, at the least and at the most. */
const SOONEST = 10;
const LATEST = 60_000;

/** What a step leaves to be done: how many ms later, as soon as it is its turn again, or once something has been kept. */
type Next = number | 'more' | 'nothing';

export class Upkeep {
  readonly #step: () => Next;
  readonly #pauses: number;
  #timer: NodeJS.Timeout | undefined;

  /** A step that leaves more to be done is followed by a pause `pauses` times as long as itself. */
  constructor(step: () => Next, pauses: number) {
    this.#step = step;
    this.#pauses = pauses;
  }

  /** There may be something to do in `ms`; of no effect where a step is to come already. */
  wake(ms: number): void {
    this.#timer ??= setTimeout(() => this.#run(), ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #run(): void {
    const began = performance.now();
    const next = this.#tried();
    const took = performance.now() - began;
    this.#timer = undefined;
    if (next !== 'nothing') this.wake(next === 'more' ? took * this.#pauses : next);
  }

  #tried(): Next {
    try {
      return this.#step();
    } catch {
      return LATEST; // As good as a full disk: commits say so, and it goes on when there is room.
    }
  }
}

/** Takes out what is older than `keepMs` ms, in at most half of the writer's time. */
export function retention(tables: Tables, keepMs: number): Upkeep {
  const step = (): Next => {
    const now = Date.now();
    const { taken, oldest } = tables.forget(now - keepMs, STEP);
    if (taken === STEP) return 'more';
    const due = oldest === undefined ? keepMs : oldest + keepMs - now;
    return Math.min(LATEST, Math.max(SOONEST, due));
  };
  return new Upkeep(step, 1);
}

/** Keeps questions cheap, in at most a tenth of the writer's time. */
export function tidying(tables: Tables): Upkeep {
  return new Upkeep(() => (tables.tidy() ? 'more' : 'nothing'), 10);
}
