import type { Dialect } from '../contenders/contender.ts';
import { MessageLine } from '../verify/message-line.ts';
import { OwnOrder, outOfTurn } from '../verify/own-order.ts';
import { RoomOrder } from '../verify/room-order.ts';
import { Slowest } from '../verify/slowest.ts';
import { Wrong } from '../verify/wrong.ts';
import type { Crowd } from './crowd.ts';
import type { Member, Reader } from './member.ts';

/** Is told what is received, for scenarios that time each delivery. */
export interface Witness {
  /** The room's `index`-th message is speaker's `seq`-th. */
  ordered(index: number, speaker: number, seq: number): void;
  /** A member received the room's messages from `from` on, up to but without `to`. */
  receivedRange(from: number, to: number): void;
  /** A member received this one. */
  received(speaker: number, seq: number): void;
}

/**
 * Reads while speakers speak. Checks that every member gets every message of the others exactly once and in order,
 * and knows at any moment how many of a speaker's messages have reached everybody.
 */
export class Messages implements Reader {
  readonly #crowd: Crowd;
  readonly #line: MessageLine;
  readonly #order: RoomOrder;
  /** By member: its own check, for those not compared with the others. */
  readonly #own: readonly (OwnOrder | null)[];
  /** By speaker: the message due next in the room's order. */
  readonly #due: Int32Array;
  /** By speaker: messages said. */
  readonly said: Int32Array;
  /** The slowest of those compared with one another, in bytes. */
  readonly #slowest: Slowest;
  /** Messages that all of those have, and by speaker. */
  #had = 0;
  readonly #hadBySpeaker: Int32Array;
  /** By speaker: the slowest of those with a check of their own, in messages. */
  readonly #ownSlowest: readonly Slowest[];
  readonly #witness: Witness | null;
  #ownDeliveries = 0;
  #orderedBytes = 0;
  /** Called whenever a message may have reached the last member. */
  onLanded: () => void = () => {};

  /** `speakers` are the members who speak. */
  constructor(
    crowd: Crowd,
    dialect: Dialect,
    speakers: readonly Member[],
    size: number,
    witness: Witness | null = null,
  ) {
    this.#crowd = crowd;
    this.#line = new MessageLine(
      dialect.message,
      speakers.map((member) => member.name),
      size,
    );
    this.#order = new RoomOrder(dialect.message, (bytes, at, index) => this.#next(bytes, at, index));
    const numbers = crowd.members.map((member) => speakers.indexOf(member));
    this.#own = numbers.map((number) =>
      number >= 0 || !dialect.oneOrder ? new OwnOrder(this.#line, speakers.length, number) : null,
    );
    this.#slowest = new Slowest(this.#own.map((own) => own === null));
    this.#ownSlowest = speakers.map(
      (_, s) => new Slowest(this.#own.map((own, member) => own !== null && numbers[member] !== s)),
    );
    this.#due = new Int32Array(speakers.length);
    this.said = new Int32Array(speakers.length);
    this.#hadBySpeaker = new Int32Array(speakers.length);
    this.#witness = witness;
    for (const member of crowd.members) member.position = 0;
  }

  /** Messages received so far, by all members together. */
  get deliveries(): number {
    const { length } = this.#line.shape;
    return this.#ownDeliveries + (length > 0 ? this.#orderedBytes / length : 0);
  }

  /** How many of a speaker's messages have reached everybody else. */
  landed(speaker: number): number {
    const had = this.#slowest.value === Number.POSITIVE_INFINITY ? this.said : this.#hadBySpeaker;
    return Math.min(had[speaker] ?? 0, this.#ownSlowest[speaker]?.value ?? 0);
  }

  /** Messages said that have not reached everybody else. */
  get missing(): number {
    return this.said.reduce((sum, said, speaker) => sum + said - Math.min(said, this.landed(speaker)), 0);
  }

  take(member: Member, bytes: Buffer, at: number, end: number): number {
    const own = this.#own[member.index];
    return own ? this.#takeOwn(member, own, bytes, at, end) : this.#takeOrdered(member, bytes, at, end);
  }

  #takeOrdered(member: Member, bytes: Buffer, at: number, end: number): number {
    const from = member.position;
    const taken = this.#order.take(member, bytes, at, end, (b, from, to) =>
      this.#crowd.aside(member, b, from, to),
    );
    const to = member.position;
    this.#orderedBytes += to - from;
    const { length } = this.#line.shape;
    if (length === 0) return taken;
    this.#witness?.receivedRange(Math.floor(from / length), Math.floor(to / length));
    if (this.#slowest.move(member.index, to)) this.#land(length);
    return taken;
  }

  /** Those compared with one another all have the messages up to the slowest's. */
  #land(length: number): void {
    const { reference } = this.#order;
    const have = Math.floor(this.#slowest.value / length);
    for (; this.#had < have; this.#had++) {
      const speaker = this.#line.speakerAt(reference.bytes, reference.offset(this.#had * length));
      this.#hadBySpeaker[speaker] = (this.#hadBySpeaker[speaker] ?? 0) + 1;
    }
    reference.forget(have * length);
    this.onLanded();
  }

  #takeOwn(member: Member, own: OwnOrder, bytes: Buffer, at: number, end: number): number {
    const taken = own.take(
      bytes,
      at,
      end,
      (b, from, to) => this.#crowd.aside(member, b, from, to),
      (speaker, seq) => this.#received(speaker, seq),
    );
    let landed = false;
    for (let speaker = 0; speaker < this.#ownSlowest.length; speaker++) {
      if (this.#ownSlowest[speaker]?.move(member.index, own.next[speaker] ?? 0)) landed = true;
    }
    if (landed) this.onLanded();
    return taken;
  }

  #received(speaker: number, seq: number): void {
    if (seq >= (this.said[speaker] ?? 0))
      throw new Wrong(`got message ${seq} of speaker ${speaker}, not said yet`);
    this.#ownDeliveries++;
    this.#witness?.received(speaker, seq);
  }

  /** The next message in the room's order: it must be the next of its speaker. */
  #next(bytes: Buffer, at: number, index: number): void {
    this.#line.read(bytes, at);
    const { speaker, seq } = this.#line;
    const due = this.#due[speaker] ?? 0;
    if (seq !== due) throw new Wrong(outOfTurn(speaker, seq, due));
    if (seq >= (this.said[speaker] ?? 0))
      throw new Wrong(`got message ${seq} of speaker ${speaker}, not said yet`);
    this.#due[speaker] = due + 1;
    this.#witness?.ordered(index, speaker, seq);
  }
}
