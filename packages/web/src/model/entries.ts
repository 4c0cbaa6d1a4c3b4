/** What a timeline holds: lines and happenings, each at its place in the order that everybody sees (2.8). */
import type { Message as Said } from '@palabre/client';
import type { Message, Notice } from './app.ts';
import type { Utterance } from './utterances.ts';

interface Placed {
  /** The id of a line; of what has none, that of the line it came after. */
  readonly place: number;
  /** Among those of one place: 0 for the line with that id, and growing for what came after it. */
  readonly turn: number;
  /** Ms since 1970. */
  readonly at: number;
}

/** One line as it was said (3.11: a message may have several). */
export interface LineEntry extends Placed {
  readonly type: 'line';
  readonly id: number | undefined;
  readonly from: string;
  readonly to: string | undefined;
  readonly own: boolean;
  readonly text: string;
  readonly re: number | undefined;
  readonly cont: boolean;
  readonly mention: boolean;
  /** What it is a part of, if it was said on this page. */
  utterance?: Utterance | undefined;
  /** How it was shown last, as the first line of its message: shown again as the same object while nothing has changed. */
  shown?: Message;
}

export interface Happening extends Placed {
  readonly type: 'came' | 'left' | 'renamed' | 'gap';
  readonly name: string;
  /** Of `renamed`: the old name. */
  readonly was?: string | undefined;
  shown?: Notice;
}

export type Entry = LineEntry | Happening;

/** Makes the entry of a line. `turn`: counts what has no id, and is the place of a line that has none (nine words alone). */
export function lineEntry(said: Said, turn: number, now: number, mention: boolean): LineEntry {
  const { id, from, to, own, re, cont } = said;
  return {
    type: 'line',
    place: id ?? turn,
    turn: id === undefined ? turn : 0,
    at: said.at ?? now,
    ...{ id, from, to, own, re, cont, mention },
    // A line can't be empty: one space stands for an empty line among others (utterances.ts).
    text: cont && said.text === ' ' ? '' : said.text,
  };
}

/** Negative where `a` comes before `b`; 0 where they are the same. */
export function compare(a: Placed, b: Placed): number {
  return a.place - b.place || a.turn - b.turn;
}

/** Where in the ordered `entries` one stands, or belongs: the first index that is not before it. */
export function indexOf(entries: readonly Placed[], one: Placed): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = entries[middle];
    if (there && compare(there, one) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts it into the ordered `entries`; false if it is there already. */
export function insert(entries: Entry[], entry: Entry): boolean {
  const last = entries.at(-1);
  if (!last || compare(last, entry) < 0) {
    entries.push(entry);
    return true;
  }
  const at = indexOf(entries, entry);
  const there = entries[at];
  if (there && compare(there, entry) === 0) return false;
  entries.splice(at, 0, entry);
  return true;
}
