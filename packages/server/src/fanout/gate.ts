/** Whoever reads from a connection and has stopped. */
export interface Waiting {
  /** It may go on. */
  goOn(): void;
}

/** How long, in ms, those who speak wait for a reader that takes nothing. */
const PATIENCE_MS = 250;

/** Backpressure on those who speak: while it is closed nothing is read from them. */
export class ReadGate {
  readonly #onImpatient: () => void;
  #waiting: Waiting[] = [];
  #patience: NodeJS.Timeout | undefined;

  /** `onImpatient` is called every 250 ms while the gate is closed: whoever has taken nothing since is not to be waited for. */
  constructor(onImpatient: () => void) {
    this.#onImpatient = onImpatient;
  }

  get closed(): boolean {
    return this.#patience !== undefined;
  }

  wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  close(): void {
    this.#patience ??= setInterval(this.#onImpatient, PATIENCE_MS);
  }

  open(): void {
    clearInterval(this.#patience);
    this.#patience = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.goOn();
  }
}
