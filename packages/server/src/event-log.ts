import type { Logger } from 'pino';

/** Where the operator is told what happens: one line an event. Never the text of a message, never a token or a key. */
export type EventLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Tells nobody. */
export const NO_EVENT_LOG: EventLog = { debug() {}, info() {}, warn() {}, error() {} };

const MINUTE_MS = 60_000;

/**
 * Warns of what may happen a thousand times a second: of the first at once, then in at most one line a minute, with how many `times` it has
 * happened since the line before, and the fields of the last.
 */
export class RareWarning {
  readonly #events: EventLog;
  readonly #event: string;
  #times = 0;
  #last: object = {};
  #minute: NodeJS.Timeout | undefined;

  constructor(events: EventLog, event: string) {
    this.#events = events;
    this.#event = event;
  }

  happened(fields: object): void {
    this.#times++;
    this.#last = fields;
    if (!this.#minute) this.#warn();
  }

  #warn(): void {
    this.#events.warn({ ...this.#last, times: this.#times }, this.#event);
    this.#times = 0;
    this.#minute = setTimeout(() => {
      this.#minute = undefined;
      if (this.#times > 0) this.#warn();
    }, MINUTE_MS).unref();
  }
}
