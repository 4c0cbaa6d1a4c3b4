/** How long, in ms, speakers wait at most for readers that are behind before they are heard a little further. */
const REPRIEVE_MS = 250;

/** Whoever reads from a connection and has stopped. */
export interface Waiting {
  /** It may go on. */
  goOn(): void;
}

/**
 * Backpressure on those who speak: while it is closed nothing is read from them. It never stays closed for good: after 250 ms
 * everybody is heard a little (up to the next flush), so that a room of dead readers fills up to the bound at which these are closed.
 */
export class ReadGate {
  #closed = false;
  #waiting: Waiting[] = [];
  #reprieve: NodeJS.Timeout | undefined;

  get closed(): boolean {
    return this.#closed;
  }

  wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reprieve ??= setTimeout(() => this.open(), REPRIEVE_MS);
  }

  open(): void {
    clearTimeout(this.#reprieve);
    this.#reprieve = undefined;
    this.#closed = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.goOn();
  }
}
