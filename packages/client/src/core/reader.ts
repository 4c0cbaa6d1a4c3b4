import type { ChatEvent } from '../events.ts';
import { abortable } from './signal.ts';

/**
 * What the reader has not taken yet, bounded. When it is full nothing more is taken in until the reader has taken all of it; then `caughtUp` is
 * called, so that what was left out can be asked for again. (To stop reading the connection instead would stop the receipts, for which the
 * reader itself may be waiting.)
 */
export class Reader {
  /** The highest id of a message that the reader has taken; before that, the id after which it begins. */
  taken: number | undefined;
  readonly #limit: number;
  readonly #caughtUp: () => void;
  readonly #events: ChatEvent[] = [];
  #behind = false;
  #ended = false;
  /** Resolves when those who wait should look again. */
  #news = Promise.withResolvers<void>();

  constructor(taken: number | undefined, limit: number, caughtUp: () => void) {
    this.taken = taken;
    this.#limit = limit;
    this.#caughtUp = caughtUp;
  }

  /** Says whether it was taken in. What tells of the line itself always is. */
  give(event: ChatEvent): boolean {
    if (event.type !== 'line' && (this.#behind || this.#events.length >= this.#limit)) {
      this.#behind = true;
      return false;
    }
    // A line that comes and goes while nobody reads tells of itself once.
    if (this.#behind && this.#events.at(-1)?.type === 'line') this.#events.pop();
    this.#events.push(event);
    this.#wake();
    return true;
  }

  /** No further event comes; what is there can still be taken. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** The next event, once there is one; `undefined` after the last, or when `signal` is aborted. */
  async take(signal?: AbortSignal): Promise<ChatEvent | undefined> {
    while (!signal?.aborted) {
      const event = this.#events.shift();
      if (event) {
        this.#took(event);
        return event;
      }
      if (this.#ended) return undefined;
      await abortable(this.#news.promise, signal, () => this.#wake());
    }
    return undefined;
  }

  #wake(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  #took(event: ChatEvent): void {
    if (event.type === 'message' && event.id !== undefined) this.taken = event.id;
    if (this.#behind && this.#events.length === 0) {
      this.#behind = false;
      this.#caughtUp();
    }
  }
}
