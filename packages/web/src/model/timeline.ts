/**
 * The lines of a conversation: a window of them is held here, and moves.
 *
 * No line is lost between the history and what is live, whatever comes first. What comes live from the moment of asking on is put by (`#tail`). The
 * answer has everything that the server had kept when it answered, up to its limit; a line that was kept later comes live; so the two together, sorted
 * by their ids, have no hole. And no line is doubled: there is one place for an id.
 */

import type { History, HistoryOptions } from '@palabre/client';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Item, Message, Timeline as Shown } from './app.ts';
import { type Entry, type Happening, indexOf, insert, type LineEntry } from './entries.ts';
import { Fold } from './fold.ts';
import type { Utterance, Utterances } from './utterances.ts';

/** Items held for a conversation. What is beyond is let go in steps of `SLACK`, so that what each line costs does not grow. */
const HELD = 2000;
const SLACK = 200;
/** Lines asked for at once. */
const PAGE = 100;

/** Reads the history; rejects where that can't be done now. */
export type Source = (options: Pick<HistoryOptions, 'before' | 'after' | 'limit'>) => Promise<History>;

export interface TimelineOptions {
  /** Absent on a server of the nine words alone: then what comes is all there is. */
  readonly source: () => Source | undefined;
  readonly utterances: Utterances;
  readonly entry: (said: History['messages'][number]) => LineEntry;
  readonly message: (lines: readonly LineEntry[], head: boolean) => Message;
  /** Makes the item of one that has no place yet. */
  readonly waiting: (utterance: Utterance, head: boolean) => Message;
  /** One's own name. */
  readonly me: () => string;
  /** Counts what has no id. */
  readonly turn: () => number;
  /** Ms since 1970. */
  readonly now: () => number;
  readonly showComings: () => boolean;
}

export class Timeline implements Shown {
  readonly items: ReadonlySignal<readonly Item[]>;
  readonly hasOlder = signal(false);
  readonly hasNewer = signal(false);
  readonly loading = signal<'older' | 'newer' | undefined>(undefined);
  readonly #options: TimelineOptions;
  readonly #fold: Fold;
  readonly #version = signal(0);
  /** `unloaded`: nothing is held yet, the first look asks for it. `away`: the newest lines are not held. */
  #state: 'unloaded' | 'end' | 'away' = 'unloaded';
  #entries: Entry[] = [];
  /** What has come since the newest lines were asked for. */
  #tail: Entry[] | undefined;
  /** Counts what was asked for: an answer to an earlier asking counts no more. */
  #asking = 0;
  #underway: Promise<void> = Promise.resolve();

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.#fold = new Fold(options);
    this.items = computed(() => {
      this.#version.value;
      return [...this.#fold.items, ...this.#waiting()];
    });
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Where there is no history: what comes from here on is all there is. */
  startEmpty(): void {
    if (this.#state === 'unloaded') this.#state = 'end';
  }

  /** A line has come. */
  live(line: LineEntry): void {
    this.#tail?.push(line);
    if (this.#state !== 'end' || !this.#take(line)) return;
    if (this.#entries.at(-1) === line) this.#fold.append(line);
    else this.#rebuild();
    this.#bound();
    this.#publish();
  }

  /** Somebody came or left. */
  happened(type: Happening['type'], name = '', at = this.#options.now(), was?: string): void {
    const place = this.#entries.at(-1)?.place ?? 0;
    const entry: Happening = { type, place, turn: this.#options.turn(), at, name, was };
    this.#tail?.push(entry);
    if (this.#state !== 'end') return;
    this.#entries.push(entry);
    this.#fold.append(entry);
    this.#bound();
    this.#publish();
  }

  /** What is shown of the same lines has changed: a receipt, a quoted line that is known now, a setting. */
  refresh(): void {
    for (const entry of this.#entries) {
      if (entry.type === 'line' && entry.own && entry.id !== undefined)
        entry.utterance = this.#options.utterances.of(entry.id);
    }
    this.#rebuild();
    this.#publish();
  }

  line(id: number): LineEntry | undefined {
    const entry = this.#entries[indexOf(this.#entries, { place: id, turn: 0, at: 0 })];
    return entry?.type === 'line' && entry.id === id ? entry : undefined;
  }

  /** The key of the item that shows a line. */
  keyOf(line: LineEntry): string | undefined {
    return this.#fold.shows(line)?.key;
  }

  /** Asks for the newest lines, if nothing is held yet. */
  async load(): Promise<void> {
    if (this.#state === 'unloaded' && this.loading.value === undefined) await this.#loadNewest();
    else await this.#underway;
  }

  async toEnd(): Promise<void> {
    if (this.#state !== 'end') await this.#loadNewest();
  }

  /** Lines may be missing between what has come and what comes: asks for the newest, and lets go of what does not join on to them. */
  async mend(): Promise<void> {
    if (this.#tail) this.#tail = [];
    if (this.loading.peek()) await this.#underway;
    if (this.#state === 'end') await this.#loadNewest();
  }

  async older(): Promise<void> {
    const before = this.#firstId();
    if (!this.hasOlder.value || this.loading.value || before === undefined) return;
    await this.#ask('older', async (source, current) => {
      const { messages, more } = await source({ before, limit: PAGE });
      if (!current()) return;
      this.#entries = [...messages.map(this.#options.entry), ...this.#entries];
      this.hasOlder.value = more;
      if (this.#entries.length > HELD + SLACK) {
        this.#entries = this.#entries.slice(0, HELD);
        this.#away();
      }
    });
  }

  async newer(): Promise<void> {
    const after = this.#lastId();
    if (this.#state !== 'away' || this.loading.value || after === undefined) return;
    await this.#ask('newer', async (source, current) => {
      const { messages, more } = await source({ after, limit: PAGE });
      if (!current()) return;
      this.#entries.push(...messages.map(this.#options.entry));
      if (!more) this.#end();
      this.#bound();
    });
  }

  /** Holds the lines around that id instead, if there are any. */
  async around(id: number): Promise<void> {
    await this.#ask('older', async (source, current) => {
      // In this order: what is said in between is in neither only if it comes live.
      const [after, before] = await Promise.all([
        source({ after: id, limit: PAGE / 2 }),
        source({ before: id + 1, limit: PAGE / 2 }),
      ]);
      if (!current() || before.messages.length + after.messages.length === 0) return;
      this.#entries = [...before.messages, ...after.messages].map(this.#options.entry);
      this.hasOlder.value = before.more;
      if (after.more) this.#away();
      else this.#end();
    });
  }

  async #loadNewest(): Promise<void> {
    const last = this.#state === 'end' ? this.#lastId() : undefined;
    await this.#ask('newer', async (source, current) => {
      const { messages, more } = await source({ limit: PAGE });
      if (!current()) return;
      const page = messages.map(this.#options.entry);
      const newest = page.at(-1)?.place;
      const oldest = page[0]?.place;
      // A server that begins to count anew has forgotten what is held; one that has nothing keeps nothing, and what is held is all there is.
      const joins =
        last !== undefined && newest !== undefined && newest >= last && (!more || (oldest ?? 0) <= last);
      if (joins) for (const line of page) insert(this.#entries, line);
      else if (last === undefined || newest !== undefined) {
        this.#entries = page;
        this.hasOlder.value = more;
      } else this.#gapAfter(last);
      this.#end();
      this.#bound();
    });
  }

  async #ask(
    direction: 'older' | 'newer',
    load: (source: Source, current: () => boolean) => Promise<void>,
  ): Promise<void> {
    const source = this.#options.source();
    if (!source) return;
    const asking = ++this.#asking;
    const current = (): boolean => asking === this.#asking;
    this.#tail = [];
    this.loading.value = direction;
    this.#underway = load(source, current)
      // What can't be had now is asked for again when it is wanted again.
      .catch(() => {})
      .then(() => {
        if (!current()) return;
        this.#tail = undefined;
        this.loading.value = undefined;
        this.refresh();
      });
    await this.#underway;
  }

  /** What is held reaches as far as what has come meanwhile. */
  #end(): void {
    const tail = this.#tail ?? [];
    for (const entry of tail) if (entry.type === 'line') this.#take(entry);
    tail.forEach((entry, i) => {
      if (entry.type !== 'line' && !this.#entries.includes(entry)) this.#place(entry, tail.slice(i + 1));
    });
    this.#state = 'end';
    this.hasNewer.value = false;
  }

  /** Puts what happened before the line that followed it. */
  #place(happening: Happening, followed: readonly Entry[]): void {
    const next = followed.find(({ type }) => type === 'line')?.place ?? Number.POSITIVE_INFINITY;
    const before = this.#entries.findLast(({ type, place }) => type === 'line' && place < next);
    insert(this.#entries, { ...happening, place: before?.place ?? happening.place });
  }

  /** Puts a live line in its place; false where it is there already, or before all that is held: an answer may come before lines that are older than it. */
  #take(line: LineEntry): boolean {
    const first = this.#firstId();
    const before = this.hasOlder.peek() && first !== undefined && line.place < first;
    return !before && insert(this.#entries, line);
  }

  #gapAfter(place: number): void {
    const { turn, now } = this.#options;
    insert(this.#entries, { type: 'gap', place, turn: turn(), at: now(), name: '' });
  }

  #away(): void {
    this.#state = 'away';
    this.hasNewer.value = true;
  }

  #bound(): void {
    if (this.#entries.length <= HELD + SLACK) return;
    this.#entries = this.#entries.slice(-HELD);
    this.hasOlder.value = this.#options.source() !== undefined;
    this.#rebuild();
  }

  #firstId(): number | undefined {
    return this.#entries.find((entry) => entry.type === 'line')?.place;
  }

  #lastId(): number | undefined {
    return this.#entries.findLast((entry) => entry.type === 'line')?.place;
  }

  #rebuild(): void {
    this.#fold.build(this.#entries);
  }

  #publish(): void {
    this.#version.value++;
  }

  /** Own lines that have no place yet: after all others, unless those are neither held nor on their way. */
  #waiting(): Message[] {
    if (this.hasNewer.value && this.loading.value !== 'newer') return [];
    const open = this.#options.utterances.open.filter(({ parts }) =>
      parts.every(({ id }) => id === undefined),
    );
    return open.map((utterance, i) => {
      const head = i === 0 && this.#fold.isHead(this.#options.me(), utterance.at);
      return this.#options.waiting(utterance, head);
    });
  }
}
