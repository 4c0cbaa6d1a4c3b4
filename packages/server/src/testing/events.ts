/** What a server tells its operator, for tests: as `palabre serve` would write it. */
import { pino } from 'pino';
import type { EventLog } from '../event-log.ts';

export class Events {
  /** Everything told so far, a line an event, from `debug` up. */
  readonly lines: string[] = [];
  readonly log: EventLog;
  #wake: () => void = () => {};

  constructor() {
    const write = (line: string): void => {
      this.lines.push(line.trimEnd());
      this.#wake();
    };
    this.log = pino(
      { level: 'debug', base: null, timestamp: false, formatters: { level: (level) => ({ level }) } },
      { write },
    );
  }

  /** Resolves to a line that matches, when it has been told. */
  async tells(pattern: RegExp): Promise<string> {
    for (;;) {
      const line = this.lines.find((line) => pattern.test(line));
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
