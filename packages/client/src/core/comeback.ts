/**
 * Sees to it that a reader who was away gets what it missed before anything new: from the replay that follows a resume (3.7), or, when it was too
 * late to resume, from what the history has (3.9). Nothing of it is given before all of it is there: whatever happens to the line in
 * between, the next line begins it anew.
 */
import type { Message } from '../events.ts';
import { type Asking, fetchMissed, newestId, reenter } from './fetch.ts';
import type { Incoming } from './incoming.ts';
import { gapBetween, type Order } from './order.ts';
import { isSelf } from './self.ts';
import { messageOf } from './told.ts';

export class Comeback {
  readonly #order: Order;
  readonly #asking: Asking;
  /** The replayed lines so far; `undefined` when none is expected. */
  #replayed: Message[] | undefined;
  /** Counts the lines: what was begun on one does not go on on the next. */
  #line = 0;
  #base: number | undefined;

  /** `base`: the mark to begin with, if there was one. */
  constructor(order: Order, asking: Asking, base: number | undefined) {
    this.#order = order;
    this.#asking = asking;
    this.#base = base;
  }

  /** What a reader who has taken nothing yet has seen already. */
  get base(): number | undefined {
    return this.#base;
  }

  lost(): void {
    this.#line++;
    this.#replayed = undefined;
  }

  /** We are who we were: a replay follows. */
  expectReplay(): void {
    this.#order.hold();
    this.#replayed = [];
  }

  /** Takes the lines of the replay out of what is heard. */
  hear(line: Incoming): 'taken' | 'done' | undefined {
    if (!this.#replayed) return undefined;
    if (line.word === 'HST') {
      const gap = line.more ? gapBetween(this.#order.mark, this.#replayed[0]?.id) : undefined;
      this.#order.fill(this.#replayed, gap);
      this.#replayed = undefined;
      return 'done';
    }
    if ((line.word !== 'MSG' && line.word !== 'PRV') || !line.old) return undefined;
    const { self } = this.#asking;
    this.#replayed.push(messageOf(line, self.name, isSelf(self, line.name)));
    return 'taken';
  }

  /** Nobody knows us any more: fetches what can be had. Says whether it is done; not if the line was lost meanwhile. */
  async fetch(): Promise<boolean> {
    const line = this.#line;
    this.#order.fresh();
    this.#order.hold();
    await reenter(this.#asking);
    const after = this.#order.mark ?? Number.POSITIVE_INFINITY;
    const missed = await fetchMissed(this.#asking, after).catch(() => []);
    if (line !== this.#line) return false;
    this.#order.fill(missed, undefined);
    return true;
  }

  /** Learns where the order of the ids stands, if that is not known, so that a resume can say what came after. `id`: where the server said so. */
  async begin(id?: number): Promise<void> {
    if (this.#order.mark !== undefined) return;
    const at = id ?? (await newestId(this.#asking).catch(() => undefined));
    if (at === undefined || this.#order.mark !== undefined) return;
    this.#base = at;
    this.#order.begin(at);
  }
}
