/** Time, as the core sees it: tests bring their own. */
export interface Clock {
  /** Ms since any moment; never goes back. */
  now(): number;
  /** Calls once, `ms` from now; what it returns calls it off. */
  after(ms: number, then: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
