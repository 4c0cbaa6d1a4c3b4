/**
 * Gives the reader each message once, in the order of the ids.
 *
 * A connection brings messages in the order of their ids (2.8), so one number tells what is new: the mark, the highest id given so far. What is at
 * or below it has been given: it was replayed, doubled, or is the late receipt of a line that the replay brought already.
 *
 * While what was missed is on its way, what comes in live waits here, and goes on after it. Nothing of either is given before the first is
 * whole: if the line is lost in the middle, the mark has not moved, and it all comes again.
 */
import type { ChatEvent, Gap, Message } from '../events.ts';

interface Held {
  readonly missed: Message[];
  readonly live: ChatEvent[];
}

export class Order {
  readonly #give: (event: ChatEvent) => boolean;
  #mark: number | undefined;
  #held: Held | undefined;
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

  /** What waits until what was missed is whole; `undefined` where nothing has to. */
  get held(): object | undefined {
    return this.#held;
  }

  /** Says where the order stands, when nothing has been given yet: what comes after `id` is new. */
  begin(id: number): void {
    this.#mark ??= id;
  }

  /** From here on everything waits for `release`. `fresh`: we are somebody new to the server, so that nothing said live can have been given before. */
  hold(fresh: boolean): void {
    if (fresh) this.#recount = this.#mark;
    this.#held = { missed: [], live: [] };
  }

  /** The line is lost: what waits will come again. */
  lost(): void {
    this.#held = undefined;
  }

  /** Something that was missed, oldest first. */
  missed(message: Message): void {
    this.#held?.missed.push(message);
  }

  /** Something happened just now. */
  live(event: ChatEvent): void {
    if (this.#held) this.#held.live.push(event);
    else this.#pass(event);
  }

  /** Gives what was missed, which is whole now, then what has waited. `more`: even more was missed before it. */
  release(more: boolean): void {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    const { missed, live } = held;
    if (more) this.#give(gapBetween(this.#mark, missed[0]?.id));
    for (const event of [...missed, ...live]) this.#pass(event);
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

/** What may be missing between two ids, as far as they are known. */
export function gapBetween(after?: number, before?: number): Gap {
  return { type: 'gap', after, before };
}
