/**
 * What was said on this page: shown at once, confirmed line by line.
 *
 * A text of several lines is said as several, each but the first with `cont` (3.11). The receipt of a line tells its id. One's own lines come from the
 * server as well, like everybody's, and often before the receipt is known here (a line that comes with a replay does always). So a line of one's own
 * with the text of one that waits is taken for it; where that was another device's, of the same text, the receipt puts it right.
 */
import type { Receipt } from '@palabre/client';
import type { Message, Problem } from './app.ts';

interface Part {
  readonly text: string;
  id: number | undefined;
  /** There is a receipt. */
  kept: boolean;
  /** It was not said, or nobody knows. */
  problem: Problem | undefined;
}

export interface Utterance {
  readonly key: string;
  readonly text: string;
  readonly re: number | undefined;
  readonly parts: readonly Part[];
  /** Ms since 1970: of the first receipt, until then of saying it. */
  at: number;
  /** How it was shown last while it had no place. */
  shown?: Message;
}

/** Says one line; rejects with what went wrong. */
export type Say = (text: string, options: { re?: number; cont?: boolean }) => Promise<Receipt>;

/** What comes of it, for the timeline. */
export interface UtterancesOwner {
  /** Something about it has changed: its state, or the ids of its lines. */
  changed(utterance: Utterance): void;
  /** That line has its receipt: it has a place now. */
  kept(utterance: Utterance, index: number, receipt: Receipt): void;
  problemOf(error: unknown): Problem;
}

/** How many lines, said on this page, are known by their ids: for a steady key when they are read again. */
const REMEMBERED = 1000;

/** The lines of a text as they are said: an empty one is a space, since a line can't be empty (2.4). */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line || ' ');
}

export function stateOf({ parts }: Utterance): 'sent' | 'waiting' | 'failed' {
  if (parts.some(({ problem }) => problem)) return 'failed';
  return parts.every(({ kept }) => kept) ? 'sent' : 'waiting';
}

export class Utterances {
  readonly #say: Say;
  readonly #owner: UtterancesOwner;
  readonly #byId = new Map<number, Utterance>();
  /** Those that are not confirmed yet, in the order of saying. */
  open: Utterance[] = [];

  constructor(say: Say, owner: UtterancesOwner) {
    this.#say = say;
    this.#owner = owner;
  }

  /** Says a text: lines joined by LF. */
  say(key: string, text: string, re: number | undefined, now: number): void {
    const parts = linesOf(text).map((line) => ({
      ...{ text: line, id: undefined, kept: false, problem: undefined },
    }));
    const utterance: Utterance = { key, text, re, parts, at: now };
    this.open = [...this.open, utterance];
    this.#send(utterance);
    this.#owner.changed(utterance);
  }

  /** Says again what of it was not said. */
  retry(utterance: Utterance): void {
    if (!this.open.includes(utterance)) return;
    this.#send(utterance);
    this.#owner.changed(utterance);
  }

  /** Forgets it; what of it was said stays said. */
  drop(utterance: Utterance): void {
    this.open = this.open.filter((one) => one !== utterance);
    this.#owner.changed(utterance);
  }

  /** What the line with that id is a part of. */
  of(id: number): Utterance | undefined {
    return this.#byId.get(id);
  }

  /** A line of one's own has come: what it is a part of, if it was said here. */
  heard(id: number, text: string, re: number | undefined, cont: boolean): Utterance | undefined {
    const known = this.#byId.get(id);
    if (known) return known;
    for (const utterance of this.open) {
      const part = utterance.parts.find(
        (part, i) => part.id === undefined && part.text === text && i > 0 === cont,
      );
      // What is Unconfirmed may have been said: then this is it.
      const open = part && (part.problem === undefined || part.problem.what === 'unconfirmed');
      if (!open || (!cont && utterance.re !== re)) continue;
      part.id = id;
      this.#remember(id, utterance);
      if (part.problem) {
        part.problem = undefined;
        part.kept = true;
        this.#settle(utterance);
      }
      return utterance;
    }
    return undefined;
  }

  /** The chat is over: gives the texts that have not been said. */
  abandon(): string[] {
    const texts = this.open.map(({ text }) => text);
    this.open = [];
    return texts;
  }

  #send(utterance: Utterance): void {
    for (const [i, part] of utterance.parts.entries()) {
      if (part.kept || (part.id !== undefined && !part.problem)) continue;
      part.problem = undefined;
      const first = utterance.re === undefined ? {} : { re: utterance.re };
      this.#say(part.text, i === 0 ? first : { cont: true }).then(
        (receipt) => this.#receipt(utterance, i, receipt),
        (error: unknown) => {
          if (part.kept) return;
          part.problem = this.#owner.problemOf(error);
          this.#owner.changed(utterance);
        },
      );
    }
  }

  #receipt(utterance: Utterance, index: number, receipt: Receipt): void {
    const part = utterance.parts[index];
    if (!part) return;
    const { id, at } = receipt;
    if (part.id !== undefined && part.id !== id) this.#mistaken(part.id);
    const other = id === undefined ? undefined : this.#byId.get(id);
    // It was taken for another's with the same text, whose receipt is still to come.
    for (const taken of other?.parts ?? []) if (taken !== part && taken.id === id) taken.id = undefined;
    part.id = id;
    part.kept = true;
    if (index === 0 && at !== undefined) utterance.at = at;
    if (id !== undefined) this.#remember(id, utterance);
    this.#owner.kept(utterance, index, receipt);
    this.#settle(utterance);
  }

  /** The line with that id was another device's. */
  #mistaken(id: number): void {
    const was = this.#byId.get(id);
    if (!was) return;
    this.#byId.delete(id);
    for (const part of was.parts) if (part.id === id) part.id = undefined;
  }

  #settle(utterance: Utterance): void {
    if (stateOf(utterance) === 'sent') this.open = this.open.filter((one) => one !== utterance);
    this.#owner.changed(utterance);
  }

  #remember(id: number, utterance: Utterance): void {
    this.#byId.set(id, utterance);
    if (this.#byId.size <= REMEMBERED) return;
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined) this.#byId.delete(oldest);
  }
}
