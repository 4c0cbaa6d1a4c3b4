import type { ChatEvent } from '../events.ts';
import type { Incoming, IncomingOf, Said } from './incoming.ts';
import type { Order } from './order.ts';
import type { Outbox } from './outbox.ts';
import { hearPlain } from './plain.ts';
import { isSelf, type Self } from './self.ts';
import { arrivedOf, leftOf, messageOf } from './told.ts';

/** Brings each line of somebody who is in the chat where it belongs: an answer to who asked, what happened to the reader. */
export class Hearing {
  readonly #self: Self;
  readonly #order: Order;
  readonly #boxes: readonly Outbox[];

  /** `boxes`: where those who asked are; the plain form's are in the last. */
  constructor(self: Self, order: Order, boxes: readonly Outbox[]) {
    this.#self = self;
    this.#order = order;
    this.#boxes = boxes;
  }

  said(line: Said): void {
    this.#answers(line);
    // An old line that nobody has asked for is the answer to who no longer waits for it.
    if (!line.old) this.#order.live(messageOf(line, this.#self.name, isSelf(this.#self, line.name)));
  }

  /** Says why the member has left the chat, if that is what the line tells. */
  told(line: Incoming, extended: boolean): string | undefined {
    const answer = extended ? this.#answers(line) : this.#answersPlain(line);
    if (line.word === 'ARR') this.#arrived(line, answer);
    else if (line.word === 'LFT') return this.#left(line);
    else if (line.word === 'ERR' && !answer && line.ref === '') {
      this.#event({ type: 'refused', about: line.about, why: line.why });
    }
    return undefined;
  }

  #answers(line: Incoming): boolean {
    return line.ref !== '' && this.#boxes.some((box) => box.hear(line.ref, line));
  }

  #answersPlain(line: Incoming): boolean {
    const box = this.#boxes.at(-1);
    return !!box && hearPlain(box, line);
  }

  #arrived(line: IncomingOf<'ARR'>, answer: boolean): void {
    const self = this.#self;
    const { name, room, at, was } = line;
    const own = room === undefined ? answer || (was !== undefined && isSelf(self, was)) : isSelf(self, name);
    if (room !== undefined) {
      const again = own && self.rooms.has(room); // entered once more, to come back
      if (own) self.rooms.add(room);
      if (!again) this.#event(arrivedOf(line, own));
    } else if (own) {
      const old = self.name;
      self.name = name;
      if (old !== name) this.#event({ type: 'renamed', was: old, name, at, own });
    } else if (was === undefined) {
      this.#event(arrivedOf(line, own));
    } else {
      this.#event({ type: 'renamed', was, name, at, own });
    }
  }

  #left(line: IncomingOf<'LFT'>): string | undefined {
    const own = isSelf(this.#self, line.name);
    if (own && line.room !== undefined) this.#self.rooms.delete(line.room);
    this.#event(leftOf(line, own));
    return own && line.room === undefined ? (line.why ?? '') : undefined;
  }

  #event(event: ChatEvent): void {
    this.#order.live(event);
  }
}
