import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** From so many connections on their going leaves enough behind to be worth a full collection: some 10 MB. */
const CROWD = 1000;

/** Looks between two collections at the least, so that crowds that come and go at will don't make everybody wait each time. */
const REST = 8;

/**
 * Gives memory back once a crowd has gone. V8 does so at its next full collection alone, to which a server that has little to do since may not come
 * for hours, and keeps the pages that it has emptied while there is something to do. It takes 50 to 150 ms, once.
 */
export class CrowdMemory {
  readonly #collect: () => void;
  #most = 0;
  #rest = 0;

  constructor(collect = collectNow) {
    this.#collect = collect;
  }

  /** To be called now and then: how many connections there are, and how many there have been at a time since the last call. */
  look({ now, most }: { readonly now: number; readonly most: number }): void {
    this.#most = Math.max(this.#most, most);
    if (this.#rest > 0) this.#rest--;
    if (this.#rest > 0 || this.#most < CROWD || now > this.#most / 2) return;
    this.#most = now;
    this.#rest = REST;
    this.#collect();
  }
}

// The collector is not in reach of a program by default; this is how it comes into reach without a flag on the command line.
function collectNow(): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  // The one that also gives back the pages that it has emptied, and does not wait until it is idle for that.
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
