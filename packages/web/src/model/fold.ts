/**
 * From entries to what is shown: lines that go on from others become one message (3.11), messages of one speaker a group, neighbouring comings and goings
 * one notice, and midnight a mark.
 *
 * What is shown is a function of the entries alone. `append` is that function for one more at the end, at a cost that does not grow with what is
 * there. An item that has not changed is the same object as before.
 */
import type { DayMark, Item, Message, Notice } from './app.ts';
import type { Entry, Happening, LineEntry } from './entries.ts';
import type { Utterance } from './utterances.ts';

/** A pause after which the same speaker is shown anew, in ms. */
const GROUP_MS = 5 * 60_000;
/** A line with `cont` goes on from its speaker's last message, if that is among so many before it: what others say may come in between. */
const REACH = 20;
/** Comings and goings in one notice, so that a thousand of them cost no more each than one. */
const NOTICED = 50;

type Row =
  | { readonly type: 'message'; readonly lines: LineEntry[]; readonly head: boolean }
  | { readonly type: 'notice'; readonly happenings: Happening[] }
  | { readonly type: 'day'; readonly at: number };

export interface FoldOptions {
  /** Makes the item of a message. */
  readonly message: (lines: readonly LineEntry[], head: boolean) => Message;
  readonly showComings: () => boolean;
}

export class Fold {
  readonly #options: FoldOptions;
  #rows: Row[] = [];
  #items: Item[] = [];
  #day = Number.NEGATIVE_INFINITY;

  constructor(options: FoldOptions) {
    this.#options = options;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  /** Begins anew with these. */
  build(entries: readonly Entry[]): void {
    this.#rows = [];
    this.#items = [];
    this.#day = Number.NEGATIVE_INFINITY;
    for (const entry of entries) this.#place(entry);
    this.#items = this.#rows.map((row) => this.#itemOf(row));
  }

  /** One more, after all that there are. */
  append(entry: Entry): void {
    const index = this.#place(entry);
    if (index === undefined) return;
    for (let i = index; i < this.#rows.length; i++) {
      const row = this.#rows[i];
      if (row) this.#items[i] = this.#itemOf(row);
    }
  }

  /** The item that shows the line. */
  shows(line: LineEntry): Item | undefined {
    const index = this.#rows.findLastIndex((row) => row.type === 'message' && row.lines.includes(line));
    return this.#items[index];
  }

  /** Whether a message that comes next is the first of a group. */
  isHead(from: string, at: number): boolean {
    const last = this.#rows.at(-1);
    if (last?.type !== 'message') return true;
    const line = last.lines.at(-1);
    return line?.from !== from || Math.abs(at - line.at) > GROUP_MS;
  }

  /** Gives the index of the row that has changed, or of the first one that is new. */
  #place(entry: Entry): number | undefined {
    return entry.type === 'line' ? this.#placeLine(entry) : this.#placeHappening(entry);
  }

  #placeLine(line: LineEntry): number {
    const goesOn = this.#goesOn(line);
    const row = this.#rows[goesOn];
    if (row?.type === 'message') {
      row.lines.push(line);
      return goesOn;
    }
    const index = this.#rows.length;
    const day = dayOf(line.at);
    if (day > this.#day) {
      this.#day = day;
      this.#rows.push({ type: 'day', at: line.at });
    }
    this.#rows.push({ type: 'message', lines: [line], head: this.isHead(line.from, line.at) });
    return index;
  }

  /** The message that the line is a part of, or -1. */
  #goesOn({ cont, utterance, from }: LineEntry): number {
    const rows = this.#rows;
    if (utterance) {
      return rows.findLastIndex((row) => row.type === 'message' && row.lines[0]?.utterance === utterance);
    }
    for (let i = rows.length - 1; cont && i >= 0 && i >= rows.length - REACH; i--) {
      const row = rows[i];
      if (row?.type === 'message' && row.lines[0]?.from === from) return i;
    }
    return -1;
  }

  #placeHappening(happening: Happening): number | undefined {
    if (happening.type !== 'gap' && !this.#options.showComings()) return undefined;
    const last = this.#rows.at(-1);
    if (last?.type === 'notice' && last.happenings.length < NOTICED) {
      last.happenings.push(happening);
      return this.#rows.length - 1;
    }
    this.#rows.push({ type: 'notice', happenings: [happening] });
    return this.#rows.length - 1;
  }

  #itemOf(row: Row): Item {
    switch (row.type) {
      case 'message': {
        const [first] = row.lines;
        const made = this.#options.message(row.lines, row.head);
        if (first?.shown && sameMessage(first.shown, made)) return first.shown;
        if (first) first.shown = made;
        return made;
      }
      case 'notice': {
        const [first] = row.happenings;
        const made = noticeOf(row.happenings);
        if (first?.shown && sameNotice(first.shown, made)) return first.shown;
        if (first) first.shown = made;
        return made;
      }
      case 'day':
        return dayMark(row.at);
      default:
        return row satisfies never;
    }
  }
}

/** The text of a message of several lines. */
export function textOf(lines: readonly LineEntry[], utterance: Utterance | undefined): string {
  if (lines.length === 1 && !utterance) return lines[0]?.text ?? '';
  const rest = lines.filter((line) => !utterance || line.utterance !== utterance).map(({ text }) => text);
  return (utterance ? [utterance.text, ...rest] : rest).join('\n');
}

function noticeOf(happenings: readonly Happening[]): Notice {
  const came = new Set<string>();
  const left = new Set<string>();
  const renamed: { was: string; name: string }[] = [];
  for (const { type, name, was } of happenings) {
    if (type === 'came') came.add(name);
    else if (type === 'left') left.add(name);
    else if (type === 'renamed') renamed.push({ was: was ?? '', name });
  }
  const [first] = happenings;
  return {
    type: 'notice',
    key: `n${first?.turn}`,
    at: first?.at ?? 0,
    came: [...came],
    left: [...left],
    renamed,
    gap: happenings.some(({ type }) => type === 'gap'),
  };
}

/** Whether it would be shown alike. */
export function sameMessage(a: Message, b: Message): boolean {
  const same = a.key === b.key && a.id === b.id && a.at === b.at && a.text === b.text && a.head === b.head;
  return same && a.state === b.state && a.problem === b.problem && a.re?.text === b.re?.text;
}

function sameNotice(a: Notice, b: Notice): boolean {
  const [one, other] = [a, b].map(({ came, left, renamed, gap }) => [came, left, renamed.length, gap].join());
  return a.key === b.key && one === other;
}

const marks = new Map<number, DayMark>();

/** The same object each time, like every item that does not change. */
function dayMark(at: number): DayMark {
  const day = dayOf(at);
  const known = marks.get(day);
  if (known) return known;
  const mark: DayMark = { type: 'day', key: `d${day}`, at: day };
  marks.set(day, mark);
  return mark;
}

let today = { from: 0, to: 0 };

/** The last midnight before it, here, in ms since 1970. */
function dayOf(at: number): number {
  if (at >= today.from && at < today.to) return today.from;
  const midnight = new Date(at);
  const from = midnight.setHours(0, 0, 0, 0);
  const to = midnight.setDate(midnight.getDate() + 1);
  today = { from, to };
  return from;
}
