import { performance } from 'node:perf_hooks';

/**
 * Says when to flush. Self-clocked: a flush that took t is not followed by another before t has passed. When little is
 * said a line leaves in the turn of the event loop in which it came; when much is said batches grow by themselves, and at most
 * half the time goes into flushing. There is no delay to tune.
 */
export class FlushClock {
  readonly #flush: () => void;
  #notBefore = 0;
  #requested = false;

  constructor(flush: () => void) {
    this.#flush = flush;
  }

  /** Asks for a flush, as soon as one is due. */
  request(): void {
    if (this.#requested) return;
    this.#requested = true;
    this.#schedule();
  }

  #schedule(): void {
    const wait = this.#notBefore - performance.now();
    // A timer is no finer than 1 ms: what is left below that is passed by taking what comes in meanwhile.
    if (wait < 1) setImmediate(this.#run);
    else setTimeout(this.#run, wait);
  }

  readonly #run = (): void => {
    const begun = performance.now();
    if (begun < this.#notBefore) {
      this.#schedule();
      return;
    }
    this.#requested = false;
    this.#flush();
    const ended = performance.now();
    this.#notBefore = ended + (ended - begun);
  };
}
