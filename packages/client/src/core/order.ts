/**
 * Gives the reader each message once, in the order of the ids.
 *
 * A connection brings messages in the order of their ids (2.8), so one number tells what is new: the mark, the highest id given so far. What is at
 * or below it has been given: it was replayed, doubled, or is the late receipt of a line that the replay brought already.
 *
 * While a replay or a look into the history fills what was missed, everything that comes in live waits here, and goes on after it. Nothing of it is
 * given before it is whole: if the line is lost in the middle, the mark has not moved, and it all comes again.
 */
import type { ChatEvent, Gap, Message } from '../events.ts';

export class Order {
  readonly #give: (event: ChatEvent) => boolean;
  #mark: number | undefined;
  #live: ChatEvent[] | undefined;
  /** Ids at or below this, said live, tell that the server has begun to count anew (it keeps nothing, and was restarted). */
  #recount: number | undefined;

  /** `give` answers whether the reader took it: what it did not take will come again. */
  constructor(mark: number | undefined, give: (event: ChatEvent) => boolean) {
    this.#mark = mark;
    this.#give = give;
  }

  /** The highest id given; `undefined` before there was any. */
  get mark(): number | undefined {
    return this.#mark;
  }

  /** Says where the order stands, when nothing has been given yet: what comes after `id` is new. */
  begin(id: number): void {
    this.#mark ??= id;
  }

  /** From here on what is live waits for `fill`. */
  hold(): void {
    this.#live = [];
  }

  /** The line is lost: what waits will come again. */
  lost(): void {
    this.#live = undefined;
  }

  /** Something happened just now. */
  live(event: ChatEvent): void {
    if (this.#live) this.#live.push(event);
    else this.#pass(event);
  }

  /** Gives what was missed, oldest first, then what has waited. `gap`: something is missing before it. */
  fill(missed: readonly Message[], gap: Gap | undefined): void {
    if (gap) this.#give(gap);
    for (const message of missed) this.#pass(message);
    const live = this.#live ?? [];
    this.#live = undefined;
    for (const event of live) this.#pass(event);
  }

  /** The member is a fresh one: nothing that is said live from here on can have been given before. */
  fresh(): void {
    this.#recount = this.#mark;
  }

  #pass(event: ChatEvent): void {
    if (event.type !== 'message' || event.id === undefined) {
      this.#give(event);
      return;
    }
    if (this.#recount !== undefined && !event.old) {
      if (event.id <= this.#recount) this.#mark = undefined;
      this.#recount = undefined;
    }
    if (this.#mark !== undefined && event.id <= this.#mark) return;
    if (this.#give(event)) this.#mark = event.id;
  }
}

/** What may be missing between two ids. */
export function gapBetween(after: number | undefined, before: number | undefined): Gap {
  return { type: 'gap', after, before };
}
