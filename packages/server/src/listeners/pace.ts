import { performance } from 'node:perf_hooks';

/** How many seconds' worth of lines may be said at once. */
const BURST_SECONDS = 5;

/** How fast one connection is read: a token bucket, in lines. Nothing is dropped; what is too much is read later. */
export class Pace {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at = 0;

  /** `perSecond`: lines a second; `Infinity` for no limit. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#burst = Math.max(1, BURST_SECONDS * perSecond);
    this.#tokens = this.#burst;
  }

  /** How many ms there is to wait before the next line may be heard; 0: none. */
  wait(): number {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return 0;
    const now = performance.now();
    const earned = ((now - this.#at) * this.#perSecond) / 1000;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned);
    this.#at = now;
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1000) / this.#perSecond);
  }

  /** Counts `lines` as heard. */
  spend(lines: number): void {
    this.#tokens -= lines;
  }
}
