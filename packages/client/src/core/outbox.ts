/**
 * What was asked and has no answer yet, in the order in which it was asked.
 *
 * - At most 128 lines are in flight (3.6); the rest is queued. Order of asking is order of going out, always: after a lost line what was in
 *   flight goes out again first, with the refs it had.
 * - The server may be unable to keep a line now (`ERR` with `why=full`). Then nothing more is said until all in flight is answered; what was refused
 *   goes back into the queue at its place; after a pause, and an `EXT` that tells the server that the refusals have been heard, lines go out
 *   one at a time until one is kept. Reads may go on meanwhile.
 */
import { QueueFull, Unconfirmed, Unsupported } from '../errors.ts';
import { type Ask, type Asked, format } from './asks.ts';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Incoming } from './incoming.ts';

const WINDOW = 128;

interface Entry {
  readonly ask: Ask;
  readonly place: number;
  /** Has gone out at least once. */
  tried: boolean;
  /** Nobody waits for the answer any more. */
  dropped: boolean;
}

export interface OutboxOptions {
  /** The most that may wait, in flight or not. */
  readonly limit: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Called when something may go out that could not before. */
  readonly ready: () => void;
  /** The line said before a refused one is tried again. */
  readonly fence: () => string;
}

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #flying = new Map<string, Entry>();
  #queued: Entry[] = [];
  #places = 0;
  #window = WINDOW;
  #refusals = 0;
  /** While refused lines are in the queue: `draining` what is in flight, `pausing`, then `fencing` before the next try. */
  #stall: 'draining' | 'pausing' | 'fencing' | undefined;
  #callOff = (): void => {};

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#flying.size + this.#queued.length;
  }

  /** Throws `QueueFull`. */
  add(ask: Ask): void {
    const { limit } = this.#options;
    if (this.size >= limit && ask.kind !== 'last') throw new QueueFull(limit);
    this.#queued.push({ ask, place: this.#places++, tried: false, dropped: false });
  }

  /**
   * Adds it and gives its answer; throws as `add` does. When `signal` is aborted, what has not gone out never will; what has is not said again.
   */
  async ask<T>({ ask, answer }: Asked<T>, signal: AbortSignal | undefined): Promise<T> {
    this.add(ask);
    const abort = (): void => {
      this.#drop(ask);
      ask.fail(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await answer;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  #drop(ask: Ask): void {
    const flying = this.#flying.get(ask.ref);
    if (flying) flying.dropped = true;
    else this.#queued = this.#queued.filter((entry) => entry.ask !== ask);
  }

  /** The lines that may go out now; they count as gone out. */
  take(extended: boolean): string[] {
    const lines: string[] = [];
    if (this.#stall === 'fencing') {
      lines.push(this.#options.fence());
      this.#stall = undefined;
    }
    const kept: Entry[] = [];
    let stalled = this.#stall !== undefined;
    let shut = false;
    for (const entry of this.#queued) {
      const { ask } = entry;
      const waits = ask.kind === 'last' && this.#flying.size + kept.length > 0;
      shut ||= waits || this.#flying.size >= WINDOW;
      stalled ||= this.#flying.size >= this.#window;
      if (shut || (stalled && ask.kind !== 'read')) {
        kept.push(entry);
        continue;
      }
      entry.tried = true;
      ask.begin();
      if (extended) this.#flying.set(ask.ref, entry);
      else if (!this.#write(entry)) continue;
      lines.push(format(ask, extended));
    }
    this.#queued = kept;
    return lines;
  }

  // False where the nine words have none for it.
  #write(entry: Entry): boolean {
    const { ask } = entry;
    if (!ask.written) {
      ask.fail(new Unsupported(ask.word === 'HST' ? 'history' : 'rooms'));
      return false;
    }
    if (!ask.written()) this.#flying.set(ask.ref, entry);
    return true;
  }

  /** Gives an answer to whom it belongs; false where nobody here has asked. */
  hear(ref: string, line: Incoming): boolean {
    const entry = this.#flying.get(ref);
    if (!entry) return false;
    const { ask } = entry;
    if (ask.kind === 'say' && line.word === 'ERR' && line.why === 'full') {
      this.#flying.delete(ref);
      if (!entry.dropped) this.#requeue([entry]);
      this.#stall ??= 'draining';
      this.#drained();
      return true;
    }
    if (!ask.hear(line)) return true;
    this.#flying.delete(ref);
    if (ask.kind === 'say' && line.word !== 'ERR' && this.#stall === undefined) {
      this.#window = WINDOW;
      this.#refusals = 0;
    }
    this.#drained();
    return true;
  }

  /** The first in flight that this holds for: how answers without a ref find their asker. */
  find(matches: (ask: Ask) => boolean): Ask | undefined {
    return this.#flying.values().find(({ ask }) => matches(ask))?.ask;
  }

  /** The line is lost: everything in flight is to go out again, before what is queued. */
  lost(): void {
    this.#callOff();
    this.#stall = undefined;
    this.#requeue([...this.#flying.values()].filter((entry) => !entry.dropped));
    this.#flying.clear();
  }

  /** Nobody remembers the refs of what went out: what might be doubled is given up. */
  forgotten(): void {
    this.#fail(({ ask, tried }) => tried && ask.kind === 'say', new Unconfirmed());
  }

  /** It is over. What went out and may have been said is `Unconfirmed`; the rest gets `error`. */
  close(error: Error): void {
    this.lost();
    this.forgotten();
    this.#fail(() => true, error);
  }

  /** Whether anything but a good-bye waits. */
  get busy(): boolean {
    const open = ({ ask }: Entry): boolean => ask.kind !== 'last';
    return this.#queued.some(open) || this.#flying.values().some(open);
  }

  #fail(which: (entry: Entry) => boolean, error: Error): void {
    const failed = this.#queued.filter(which);
    this.#queued = this.#queued.filter((entry) => !which(entry));
    for (const { ask } of failed) ask.fail(error);
  }

  #requeue(entries: Entry[]): void {
    this.#queued = [...entries, ...this.#queued].sort((a, b) => a.place - b.place);
  }

  #drained(): void {
    const busy = this.#flying.values().some(({ ask }) => ask.kind !== 'read');
    if (this.#stall !== 'draining' || busy) return;
    const { clock, random, ready } = this.#options;
    this.#stall = 'pausing';
    this.#window = 1;
    this.#callOff = clock.after(backoff(this.#refusals++, random), () => {
      this.#stall = 'fencing';
      ready();
    });
  }
}
