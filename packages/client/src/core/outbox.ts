/**
 * What was asked and has no answer yet, in the order in which it was asked.
 *
 * - At most 128 lines are in flight (3.6). Order of asking is order of going out, always: after a lost line what was in flight goes out again
 *   first, with the refs it had.
 * - The server may be unable to keep a line now (`ERR` with `why=full`). Then nothing more is said until all in flight is answered; after a pause,
 *   and an `EXT` that tells the server that the refusals have been heard, lines go out one at a time until one is kept. Reads may go on
 *   meanwhile.
 */
import { Unconfirmed } from '../errors.ts';
import { type Ask, lineOf, refusal } from './asks.ts';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Incoming } from './incoming.ts';
import { abortable } from './signal.ts';

const WINDOW = 128;

interface Entry {
  readonly ref: string;
  readonly ask: Ask<unknown>;
  /** `dropped`: in flight, but nobody waits for the answer any more. */
  state: 'queued' | 'flying' | 'dropped';
  /** How often it has gone out. */
  tried: number;
  /** The answer so far, without its last line. */
  lines: Incoming[];
  readonly resolve: (last: Incoming) => void;
  readonly reject: (error: unknown) => void;
}

export interface OutboxOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Called when refused lines are to be tried again: to say `EXT`, and to take what may go out. */
  readonly retry: () => void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  /** By ref, in the order of asking. */
  readonly #entries = new Map<string, Entry>();
  /** How often lines were refused since the last one that was kept. */
  #refusals = 0;
  /** While refused lines are not to be tried again: `draining` what is in flight, then `pausing`. */
  #stall: 'draining' | 'pausing' | undefined;
  #callOff = (): void => {};

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /**
   * Puts it in and gives its answer. When `signal` is aborted, what has not gone out never will; what has is not said again.
   */
  async ask<T>(ask: Ask<T>, ref: string, signal?: AbortSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const entry: Entry = {
      ref,
      ask,
      state: 'queued',
      tried: 0,
      lines: [],
      resolve: (last) => resolve(ask.result(last, entry.lines)),
      reject,
    };
    this.#entries.set(ref, entry);
    return await abortable(promise, signal, () => {
      if (entry.state === 'queued') this.#entries.delete(ref);
      else entry.state = 'dropped';
      reject(signal?.reason);
    });
  }

  /** The lines that may go out now; they count as gone out. */
  take(): string[] {
    const lines: string[] = [];
    let flying = this.#flying().length;
    let first = true;
    for (const entry of this.#entries.values()) {
      const { kind } = entry.ask;
      if (flying >= WINDOW || (kind === 'alone' && !first)) break;
      const waits = this.#stall !== undefined || (this.#refusals > 0 && flying > 0);
      if (entry.state === 'queued' && (kind === 'read' || !waits)) {
        entry.state = 'flying';
        entry.tried++;
        entry.lines = [];
        flying++;
        lines.push(lineOf(entry.ask, entry.ref));
      }
      if (kind === 'alone') break;
      first = false;
    }
    return lines;
  }

  /** Gives an answer to whom it belongs; false where nobody here has asked. */
  hear(line: Incoming): boolean {
    const entry = this.#entries.get(line.ref ?? '');
    if (!entry || entry.state === 'queued') return false;
    const { ask, ref, lines } = entry;
    const says = ask.kind === 'say';
    // 3.8  Who asks again to leave a room, and is not in it, has left it at the first asking: the answer was lost with the line.
    if (
      (line.word === 'ERR' || line.word === 'TKN') &&
      !(entry.tried > 1 && ask.word === 'BYE' && line.why === 'room')
    ) {
      if (says && line.why === 'full') {
        this.#putBack(entry);
        this.#stall ??= 'draining';
      } else {
        this.#entries.delete(ref);
        entry.reject(refusal(line));
      }
    } else if (ask.ends && !ask.ends(line)) {
      lines.push(line);
    } else {
      this.#entries.delete(ref);
      entry.resolve(line);
      if (says && !this.#stall) this.#refusals = 0;
    }
    this.#pauseWhenDrained();
    return true;
  }

  /** The line is lost: everything in flight is to go out again. */
  lost(): void {
    this.#callOff();
    this.#stall = undefined;
    for (const entry of this.#flying()) this.#putBack(entry);
  }

  /** Nobody remembers the refs of what went out: what might be doubled is given up. */
  forgotten(): void {
    this.#fail(({ ask, tried }) => ask.kind === 'say' && tried > 0, new Unconfirmed());
  }

  /** It is over. What went out and may have been said is `Unconfirmed`; the rest gets `error`. */
  close(error: Error): void {
    this.lost();
    this.forgotten();
    this.#fail(() => true, error);
  }

  /** How many wait for their answers. */
  get size(): number {
    return this.#entries.size;
  }

  #flying(): Entry[] {
    return [...this.#entries.values()].filter(({ state }) => state !== 'queued');
  }

  #fail(which: (entry: Entry) => boolean, error: Error): void {
    for (const entry of this.#entries.values()) {
      if (!which(entry)) continue;
      this.#entries.delete(entry.ref);
      entry.reject(error);
    }
  }

  #putBack(entry: Entry): void {
    if (entry.state === 'dropped') this.#entries.delete(entry.ref);
    entry.state = 'queued';
  }

  #pauseWhenDrained(): void {
    if (this.#stall !== 'draining' || this.#flying().some(({ ask }) => ask.kind !== 'read')) return;
    const { clock, random, retry } = this.#options;
    this.#stall = 'pausing';
    this.#callOff = clock.after(backoff(this.#refusals++, random), () => {
      this.#stall = undefined;
      retry();
    });
  }
}
