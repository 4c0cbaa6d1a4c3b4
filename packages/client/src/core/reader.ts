import type { ChatEvent } from '../events.ts';

/**
 * What the reader has not taken yet, bounded. When it is full nothing more is taken in until the reader has taken all of it; then `caughtUp` is
 * called, so that what was left out can be asked for again. (To stop reading the connection instead would stop the receipts, for which the
 * reader itself may be waiting.)
 */
export class Reader {
  readonly #limit: number;
  readonly #caughtUp: () => void;
  #events: ChatEvent[] = [];
  #at = 0;
  #behind = false;
  #ended = false;
  #waiting: ((event: ChatEvent | undefined) => void)[] = [];
  #taken: number | undefined;

  constructor(limit: number, caughtUp: () => void) {
    this.#limit = limit;
    this.#caughtUp = caughtUp;
  }

  /** The highest id of a message that the reader has taken. */
  get taken(): number | undefined {
    return this.#taken;
  }

  /** Says whether it was taken in. What tells of the line itself always is. */
  give(event: ChatEvent): boolean {
    const next = this.#waiting.shift();
    if (next) {
      this.#note(event);
      next(event);
      return true;
    }
    if (event.type !== 'line' && (this.#behind || this.#events.length - this.#at >= this.#limit)) {
      this.#behind = true;
      return false;
    }
    // A line that comes and goes while nobody reads tells of itself once.
    if (this.#behind && this.#events.at(-1)?.type === 'line') this.#events.pop();
    this.#events.push(event);
    return true;
  }

  /** No further event comes; what is there can still be taken. */
  end(): void {
    this.#ended = true;
    for (const next of this.#waiting.splice(0)) next(undefined);
  }

  /** The next event, once there is one; `undefined` after the last, or when `signal` is aborted. */
  async take(signal?: AbortSignal): Promise<ChatEvent | undefined> {
    if (signal?.aborted) return undefined;
    const event = this.#events[this.#at];
    if (!event) return this.#ended ? undefined : await this.#wait(signal);
    this.#note(event);
    if (++this.#at === this.#events.length || this.#at === 1024) {
      this.#events = this.#events.slice(this.#at);
      this.#at = 0;
    }
    if (this.#behind && this.#events.length === 0) {
      this.#behind = false;
      this.#caughtUp();
    }
    return event;
  }

  #wait(signal: AbortSignal | undefined): Promise<ChatEvent | undefined> {
    return new Promise((resolve) => {
      const next = (event: ChatEvent | undefined): void => {
        signal?.removeEventListener('abort', leave);
        resolve(event);
      };
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
        resolve(undefined);
      };
      this.#waiting.push(next);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  #note(event: ChatEvent): void {
    if (event.type === 'message' && event.id !== undefined) this.#taken = event.id;
  }
}
