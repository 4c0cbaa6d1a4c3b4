/** What the writer does between commits: in small steps, with pauses, since a commit that comes in the middle of one has to wait. */
import type { Tables } from './tables.ts';

/** Messages taken out in a step: a step takes about 1 ms. */
const STEP = 100;
/** ms between two looks at the oldest message, at the least and at the most. */
const SOONEST = 10;
const LATEST = 60_000;

/** What a step leaves to be done: how many ms later, as soon as it is its turn again, or once something has been kept. */
type Next = number | 'more' | 'nothing';

/** A pause between two steps, in lengths of the step before: where it has been woken meanwhile, and where it has not. */
const PAUSE_BUSY = 10;
const PAUSE_QUIET = 1;

export class Upkeep {
  readonly #step: () => Next;
  #timer: NodeJS.Timeout | undefined;
  #woken = false;

  constructor(step: () => Next) {
    this.#step = step;
  }

  /** There may be something to do in `ms`; where a step is to come already, the one after it takes longer to come. */
  wake(ms: number): void {
    this.#woken = true;
    this.#timer ??= setTimeout(() => this.#run(), ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #run(): void {
    const began = performance.now();
    const next = this.#tried();
    const took = performance.now() - began;
    const pause = took * (this.#woken ? PAUSE_BUSY : PAUSE_QUIET);
    this.#woken = false;
    this.#timer =
      next === 'nothing' ? undefined : setTimeout(() => this.#run(), next === 'more' ? pause : next);
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
  return new Upkeep(step);
}

/** Keeps questions cheap, in at most a tenth of the writer's time if it is woken whenever something is kept, and half of it in silence. */
export function tidying(tables: Tables): Upkeep {
  return new Upkeep(() => (tables.tidy() ? 'more' : 'nothing'));
}
