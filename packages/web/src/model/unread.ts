/**
 * What is unread in a conversation: the lines after the last one that was read. They are kept by their ids, so that it does not matter from where a line is
 * learnt of (live, replayed, from the history), nor how often.
 */
import { type ReadonlySignal, signal } from '@preact/signals';

/** More unread lines than this are not told apart. */
const COUNTED = 1000;

export class Unread {
  readonly count: ReadonlySignal<number>;
  readonly mentioned: ReadonlySignal<number>;
  readonly #count = signal(0);
  readonly #mentioned = signal(0);
  readonly #lines = new Set<number>();
  readonly #mentions = new Set<number>();
  #read: number | undefined;
  #newest = 0;

  /** `read`: the last line that was read, if anything was. */
  constructor(read: number | undefined) {
    this.#read = read;
    this.count = this.#count;
    this.mentioned = this.#mentioned;
  }

  /** The last line that was read; `undefined` before anything is known of the conversation. */
  get read(): number | undefined {
    return this.#read;
  }

  /** The last line that is known. */
  get newest(): number {
    return Math.max(this.#newest, this.#read ?? 0);
  }

  /** All up to here counts as read, if nothing is known yet. */
  begin(read: number): void {
    this.#read ??= read;
  }

  /** A line of somebody else. `counts`: not, where it goes on from one that does. */
  note(line: number, counts: boolean, mention: boolean): void {
    this.begin(line - 1);
    this.#newest = Math.max(this.#newest, line);
    if (line <= (this.#read ?? 0)) return;
    if (counts && this.#lines.size < COUNTED) this.#lines.add(line);
    if (mention && this.#mentions.size < COUNTED) this.#mentions.add(line);
    this.#tell();
  }

  /** Everything up to that line is read. */
  readTo(line: number): void {
    this.#newest = Math.max(this.#newest, line);
    if (this.#read !== undefined && line <= this.#read) return;
    this.#read = line;
    for (const lines of [this.#lines, this.#mentions]) {
      for (const one of lines) if (one <= line) lines.delete(one);
    }
    this.#tell();
  }

  /** The server has begun to count anew, with this line. */
  recount(line: number): void {
    this.#lines.clear();
    this.#mentions.clear();
    this.#newest = 0;
    this.#read = line - 1;
    this.#tell();
  }

  #tell(): void {
    this.#count.value = this.#lines.size;
    this.#mentioned.value = this.#mentions.size;
  }
}
