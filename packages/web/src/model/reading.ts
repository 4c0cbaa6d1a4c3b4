/**
 * How far a conversation has been read, and the mark that stands where the unread began when one last looked. The last line read is kept on the device; what came after
 * it is counted by the history.
 */
import { batch, signal } from '@preact/signals';
import type { Device } from './device.ts';
import type { LineEntry } from './entries.ts';
import { Unread } from './unread.ts';

/** Lines asked for at once to count what is unread. */
const COUNTED = 500;

export interface ReadingOptions {
  readonly device: Device;
  /** Where on the device it is kept. */
  readonly key: () => string;
  /** Whether what comes is seen. */
  readonly attended: () => boolean;
  /** Lines of the history, oldest first; rejects where there are none to be had. */
  readonly find: (options: { after?: number; limit: number }) => Promise<readonly LineEntry[]>;
}

export class Reading {
  readonly mark = signal<number | undefined>(undefined);
  readonly unread: Unread;
  readonly #options: ReadingOptions;
  /** On a server of the nine words alone nothing is kept, and there is no mark: its lines have no ids. */
  #plain = false;
  /** The server may count anew: the next line tells. */
  #fresh = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
    const kept = options.device.get(options.key());
    this.unread = new Unread(typeof kept === 'number' ? kept : undefined);
  }

  /** After this line all is unread, or was when one last looked; `undefined` if nothing is. */
  get before(): number | undefined {
    return this.unread.count.peek() > 0 ? this.unread.read : this.mark.peek();
  }

  /** A line has come. `old`: it was missed. */
  arrived(line: LineEntry, old: boolean): void {
    const { place, own } = line;
    if (this.#fresh && !old) {
      this.#fresh = false;
      if (place <= this.unread.newest) this.unread.recount(place);
    }
    // What was missed is counted first, and marked, before it is read: see `count`.
    const seen = this.#options.attended() && !old && this.unread.count.peek() === 0;
    this.#note(line, own || seen);
  }

  /** One looks at it now: all is read, and the mark stands where the unread began. */
  attend(): void {
    batch(() => {
      if (this.unread.count.peek() > 0 && !this.#plain) this.mark.value = this.unread.read;
      this.#readAll();
    });
  }

  /** All is read, and was: no mark. */
  markRead(): void {
    batch(() => {
      this.mark.value = undefined;
      this.#readAll();
    });
  }

  /** Read in another tab. */
  readElsewhere(): void {
    const line = this.#options.device.get(this.#options.key());
    if (typeof line === 'number') this.unread.readTo(line);
  }

  /** Counts what is unread; rejects where there is no history to be had. */
  async count(): Promise<readonly LineEntry[]> {
    const after = this.unread.read;
    const lines = await this.#options.find(after === undefined ? { limit: 1 } : { after, limit: COUNTED });
    batch(() => {
      if (after === undefined) this.#begin(lines.at(-1)?.place ?? 0);
      else for (const line of lines) this.#note(line, line.own);
      if (this.#options.attended()) this.attend();
    });
    return after === undefined ? [] : lines;
  }

  /** One is somebody new to the server, which may have begun to count anew. */
  renew(): void {
    this.#fresh = true;
  }

  startPlain(place: number): void {
    this.#plain = true;
    this.unread.recount(place);
  }

  /** Keeps it on the device, soon. */
  keep(): void {
    const { device, key } = this.#options;
    if (!this.#plain) device.soon(key(), () => this.unread.read);
  }

  #begin(line: number): void {
    this.unread.begin(line);
    this.keep();
  }

  #readAll(): void {
    if (this.unread.read === undefined) return;
    const before = this.unread.read;
    this.unread.readTo(this.unread.newest);
    if (this.unread.read !== before) this.keep();
  }

  /** `read`: it is, and so is what came before it: one has said it oneself, wherever, or sees it come. */
  #note({ place, cont, mention }: LineEntry, read: boolean): void {
    const before = this.unread.read;
    if (read) this.unread.readTo(place);
    else this.unread.note(place, !cont, mention);
    if (this.unread.read !== before) this.keep();
  }
}
