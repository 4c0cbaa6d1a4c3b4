import { subscriberOf } from './addresses.ts';

/** How many wrong keys one address may give at once. */
export const GUESSES_AT_ONCE = 10;

/** How long, in ms, until it may give one more. */
export const GUESS_MS = 6000;

/** How many addresses are remembered at most. */
const ADDRESSES = 10_000;

/**
 * How often each address has guessed wrong lately. Of IPv6 a /64 counts as one.
 *
 * Of an address one number is kept: when it will have nothing left to make up for, each wrong guess having moved that on by `GUESS_MS` (a token
 * bucket as the GCRA of ATM has it). Nobody is more than a minute ahead, so whoever has not guessed for a minute is forgotten.
 */
export class Guesses {
  readonly #now: () => number;
  /** Whoever guessed last is last. */
  readonly #clearAt = new Map<string, number>();

  /** `now`: ms since any moment; never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#clearAt.size;
  }

  /** Whether another guess of this address is looked at. */
  allowed(address: string): boolean {
    const clearAt = this.#clearAt.get(subscriberOf(address));
    return clearAt === undefined || clearAt - this.#now() <= (GUESSES_AT_ONCE - 1) * GUESS_MS;
  }

  /** This address has guessed wrong. */
  wrong(address: string): void {
    const now = this.#now();
    const subscriber = subscriberOf(address);
    const clearAt = Math.max(now, this.#clearAt.get(subscriber) ?? 0) + GUESS_MS;
    this.#clearAt.delete(subscriber);
    this.#clearAt.set(subscriber, clearAt);
    this.#forget(now);
  }

  /** Lets go of those with nothing left to make up for, as far as they come first; and of the first of too many, who has guessed least lately. */
  #forget(now: number): void {
    for (const [subscriber, clearAt] of this.#clearAt) {
      if (clearAt > now && this.#clearAt.size <= ADDRESSES) return;
      this.#clearAt.delete(subscriber);
    }
  }
}
