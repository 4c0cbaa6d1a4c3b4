import { subscriberOf } from './addresses.ts';

/** How often something may be done: so many times at once, and one more each `eachMs` ms. */
export interface Pace {
  readonly atOnce: number;
  readonly eachMs: number;
}

/** How many addresses are remembered at most. */
const ADDRESSES = 10_000;

/**
 * How often each address has done something lately. Of IPv6 a /64 counts as one.
 *
 * Of an address one number is kept: when it will have nothing left to make up for, each time having moved that on by `eachMs` (a token bucket as
 * the GCRA of ATM has it). Nobody is further ahead than `atOnce` times that, and whoever has nothing left is forgotten.
 */
export class Allowance {
  readonly #pace: Pace;
  readonly #now: () => number;
  /** Whoever did it last is last. */
  readonly #clearAt = new Map<string, number>();

  /** `now`: ms since any moment; never goes back. */
  constructor(pace: Pace, now: () => number) {
    this.#pace = pace;
    this.#now = now;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#clearAt.size;
  }

  /** Whether this address may do it once more. */
  allows(address: string): boolean {
    const { atOnce, eachMs } = this.#pace;
    const clearAt = this.#clearAt.get(subscriberOf(address));
    return clearAt === undefined || clearAt - this.#now() <= (atOnce - 1) * eachMs;
  }

  /** This address has done it. */
  spend(address: string): void {
    const now = this.#now();
    const subscriber = subscriberOf(address);
    const clearAt = Math.max(now, this.#clearAt.get(subscriber) ?? 0) + this.#pace.eachMs;
    this.#clearAt.delete(subscriber);
    this.#clearAt.set(subscriber, clearAt);
    this.#forget(now);
  }

  /** Lets go of those with nothing left to make up for, as far as they come first; and of the first of too many, who has done least lately. */
  #forget(now: number): void {
    for (const [subscriber, clearAt] of this.#clearAt) {
      if (clearAt > now && this.#clearAt.size <= ADDRESSES) return;
      this.#clearAt.delete(subscriber);
    }
  }
}
