/**
 * What is kept on this device, under keys that begin with `palabre:`, as JSON. A browser may refuse to keep anything, and anybody may have written
 * what is there: a device that keeps nothing, or nonsense, is one on which nothing was kept yet.
 */
import type { Clock } from '@palabre/client';

/** What of `Storage` is used. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** From a change to its being written, in ms: a hundred lines a second do not make a hundred writes. */
export const SOON_MS = 500;

export class Device {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #later = new Map<string, () => unknown>();
  #scheduled = false;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** What is kept there; `undefined` if nothing is. */
  get(key: string): unknown {
    try {
      const text = this.#store.getItem(`palabre:${key}`);
      return text === null ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /** Keeps it now; `undefined`: nothing. */
  put(key: string, value: unknown): void {
    this.#later.delete(key);
    try {
      if (value === undefined) this.#store.removeItem(`palabre:${key}`);
      else this.#store.setItem(`palabre:${key}`, JSON.stringify(value));
    } catch {
      // Full, or not allowed: the page does without.
    }
  }

  /** Keeps it soon: what `value` gives then. */
  soon(key: string, value: () => unknown): void {
    this.#later.set(key, value);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#clock.after(SOON_MS, () => this.save());
  }

  /** Keeps now what is to be kept soon. */
  save(): void {
    this.#scheduled = false;
    for (const [key, value] of [...this.#later]) this.put(key, value());
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The texts in a list; none where it is no list. */
export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
