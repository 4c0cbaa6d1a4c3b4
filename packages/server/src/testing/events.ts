import type { EventLog } from '../event-log.ts';

/** How long, in ms, an event may take to come. */
const DEADLINE_MS = 20_000;

/** An event log for tests: what was told, a line an event, and waiting for what will be. */
export class Events implements EventLog {
  readonly lines: string[] = [];
  #wake: () => void = () => {};

  readonly debug = this.#take('debug');
  readonly info = this.#take('info');
  readonly warn = this.#take('warn');
  readonly error = this.#take('error');

  /** Resolves when a line like this has come, and takes all up to it away. */
  async told(pattern: RegExp): Promise<void> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const found = this.lines.findIndex((line) => pattern.test(line));
      if (found >= 0) {
        this.lines.splice(0, found + 1);
        return;
      }
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        deadline.onabort = () => reject(new Error(`no event like ${pattern}: ${this.lines.join('\n')}`));
      });
    }
  }

  #take(level: string): (...what: readonly unknown[]) => void {
    return (...what) => {
      this.lines.push(`${level} ${JSON.stringify(what)}`);
      this.#wake();
    };
  }
}
