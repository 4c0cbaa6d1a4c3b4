/** Tells what happens, line by line. Everything that others have a hand in goes through `printable`. */
import type { Arrived, Left, Message, Renamed } from '@palabre/client';
import { nameKey } from '@palabre/protocol';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';

/** Why somebody left, where it was not to say good-bye. */
const WHY: Readonly<Record<string, string>> = {
  lost: 'connection lost',
  slow: 'did not read',
  idle: 'said nothing',
  kicked: 'sent away',
};

export class Telling {
  readonly #paint: Paint;
  readonly #print: (lines: readonly string[]) => void;
  // Not made when this file is loaded: that would keep the first prompt waiting.
  readonly #dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' });
  readonly #timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
  #day = '';
  /** Who spoke in the line before this one, and to whom: what goes on from it needs no name. */
  #before = '';

  constructor(paint: Paint, print: (lines: readonly string[]) => void) {
    this.#paint = paint;
    this.#print = print;
  }

  /** A message; a mark before it where the day is another one. `mention`: it is for the reader above all. */
  message(message: Message, mention: boolean): void {
    const { from, to, text, cont } = message;
    const paint = this.#paint;
    const time = this.#time(message.at);
    const who = to === undefined ? this.#name(from) : `${this.#name(from)} → ${this.#name(to)}`;
    const said = mention ? paint.strong(printable(text)) : printable(text);
    const speech = `${nameKey(from)} ${to} ${message.room}`;
    if (cont && speech === this.#before) this.#print([`      ${said}`]);
    else this.#print([`${time} ${mention ? `${paint.strong('»')} ` : ''}${who}: ${said}`]);
    this.#before = speech;
  }

  arrived({ name, at }: Arrived): void {
    this.#event(at, `${this.#name(name)} ${this.#paint.dim('is here')}`);
  }

  left({ name, at, why = '' }: Left): void {
    const reason = WHY[why];
    this.#event(at, `${this.#name(name)} ${this.#paint.dim(`has left${reason ? ` (${reason})` : ''}`)}`);
  }

  renamed({ was, name, at }: Renamed): void {
    this.#event(at, `${this.#name(was)} ${this.#paint.dim('is now')} ${this.#name(name)}`);
  }

  people(names: readonly string[]): void {
    const all = names.map((name) => this.#name(name)).join(' ');
    this.#print([`${this.#paint.dim(`-- ${names.length} here:`)} ${all}`]);
  }

  /** Something that this program says. */
  note(text: string): void {
    this.#before = '';
    this.#print([this.#paint.dim(printable(`-- ${text}`))]);
  }

  #event(at: number | undefined, what: string): void {
    const time = this.#time(at);
    this.#before = '';
    this.#print([`${time} ${this.#paint.dim('--')} ${what}`]);
  }

  /** The time of day; a mark is printed where the day is another one than before. */
  #time(at: number | undefined): string {
    const date = new Date(at ?? Date.now());
    const day = this.#dayFormat.format(date);
    if (day !== this.#day) this.note(day);
    this.#day = day;
    return this.#paint.dim(this.#timeFormat.format(date));
  }

  #name(name: string): string {
    return this.#paint.name(printable(name));
  }
}
