import { PATIENCE_MS } from './bounds.ts';

/** Whoever reads from a connection and has stopped. */
export interface Waiting {
  /** It may go on. */
  goOn(): void;
}

/** How often, in ms, it is looked at who takes nothing. */
const LOOK_MS = PATIENCE_MS / 2;

/** Backpressure on those who speak: while it is closed nothing is read from those who have to wait. */
export class ReadGate {
  readonly #look: () => void;
  #waiting: Waiting[] = [];
  #looking: NodeJS.Timeout | undefined;

  /** `look` is called every 125 ms while the gate is closed, to see who is not to be waited for. */
  constructor(look: () => void) {
    this.#look = look;
  }

  get closed(): boolean {
    return this.#looking !== undefined;
  }

  wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  close(): void {
    this.#looking ??= setInterval(this.#look, LOOK_MS);
  }

  open(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
    this.retry();
  }

  /** Whoever waits goes on, or finds that it has to wait on. */
  retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.goOn();
  }
}
