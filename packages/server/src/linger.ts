import type { Identity } from './chat/commands.ts';
import type { Log } from './log/log.ts';

/** Members whose last connection is lost are waited for (3.7): after that time the log is told. */
export class Linger {
  readonly ms: number;
  readonly #log: Log;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(ms: number, log: Log) {
    this.ms = ms;
    this.#log = log;
  }

  /** `since`: the id of the command by which it was lost. Whether it has come back meanwhile is for the chat to say. */
  wait(identity: Identity, since: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#log.append({ type: 'expire', identity, since });
    }, this.ms);
    this.#timers.add(timer);
  }

  /** Waits for nobody any more: they may still come back, after a restart. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
