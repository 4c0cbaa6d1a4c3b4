import { performance } from 'node:perf_hooks';
import { type Measure, UNMEASURED } from '../metrics/counters.ts';

/** A pause is a silence if it has lasted this many times as long as the flush before it. */
const SILENCE = 4;

/**
 * No flush counts as longer than this, in ms: one in the middle of which the process was stopped, or lost its processor, took long without doing
 * anything, and is not to be followed by as long a pause.
 */
const LONGEST_MS = 250;

/**
 * Says when to flush. Self-clocked: a flush that took t is not followed by another before t has passed. So when much is said
 * batches grow by themselves, and at most half the time goes into flushing; there is no delay to tune. In between, a flush comes at the
 * end of the turn of the event loop, with all that was read in it; but after a silence a line leaves as soon as it has been heard.
 */
export class FlushClock {
  readonly #flush: () => void;
  readonly #seconds: Measure;
  readonly #before: () => void;
  /** When the last flush ended, and how long it took, in ms. */
  #ended = 0;
  #took = 0;
  #requested = false;
  #running = false;

  /** `seconds`: takes how long each flush took. `before` is called before each: what it asks for is flushed with it. */
  constructor(flush: () => void, seconds = UNMEASURED, before: () => void = () => {}) {
    this.#flush = flush;
    this.#seconds = seconds;
    this.#before = before;
  }

  /** Asks for a flush, as soon as one is due. */
  request(): void {
    if (this.#requested) return;
    this.#requested = true;
    this.#schedule();
  }

  /** All that one connection had to say has been heard: what was asked for need not wait, if it was silent before. */
  heard(): void {
    if (this.#requested && !this.#running && performance.now() - this.#ended > SILENCE * this.#took)
      this.#run();
  }

  #schedule(): void {
    const wait = this.#ended + this.#took - performance.now();
    // A timer is no finer than 1 ms: what is left below that is passed by taking what comes in meanwhile.
    if (wait < 1) setImmediate(this.#tick);
    else setTimeout(this.#tick, wait);
  }

  readonly #tick = (): void => {
    if (!this.#requested) return;
    if (performance.now() < this.#ended + this.#took) this.#schedule();
    else this.#run();
  };

  #run(): void {
    this.#running = true;
    this.#before();
    const begun = performance.now();
    this.#requested = false;
    this.#flush();
    this.#running = false;
    this.#ended = performance.now();
    this.#took = Math.min(this.#ended - begun, LONGEST_MS);
    this.#seconds.observe((this.#ended - begun) / 1000);
  }
}
