import type { Dialect } from '../contenders/contender.ts';
import { digits } from '../verify/line-shape.ts';
import { RoomOrder } from '../verify/room-order.ts';
import { quote, Wrong } from '../verify/wrong.ts';
import type { Crowd } from './crowd.ts';
import type { Member, Reader } from './member.ts';

/**
 * Reads while members join: each must be told of its own arrival and of every later one, in one order for all.
 * Whoever is told of its own takes its place in that order.
 */
export class Arrivals implements Reader {
  readonly #crowd: Crowd;
  readonly #dialect: Dialect;
  readonly #expected: number;
  readonly #order: RoomOrder | null;
  /** By member: which arrival it was; -1 as long as nobody has been told of it. */
  readonly #rank: Int32Array;
  readonly #placed: Uint8Array;
  /** Those told of their own arrival before anybody who was there already: they wait until one is. */
  readonly #early = new Set<Member>();
  #lookingAgain = false;
  #upToDate = 0;
  #entered = 0;
  /** Called whenever a member has entered. */
  onEntered: () => void = () => {};
  /** Called once everybody is in the room and has been told of everybody it had to be told of. */
  onComplete: () => void = () => {};

  /** `expected` members will join. */
  constructor(crowd: Crowd, dialect: Dialect, expected: number) {
    this.#crowd = crowd;
    this.#dialect = dialect;
    this.#expected = expected;
    this.#rank = new Int32Array(expected).fill(-1);
    this.#placed = new Uint8Array(expected);
    const { arrival } = dialect;
    this.#order = arrival
      ? new RoomOrder(arrival, (bytes, at, index) => this.#arrived(bytes, at, index))
      : null;
  }

  /** Members in the room. */
  get entered(): number {
    return this.#entered;
  }

  take(member: Member, bytes: Buffer, start: number, end: number): number {
    const complete = this.#complete;
    const taken = this.#take(member, bytes, start, end);
    if (this.#complete && !complete) this.onComplete();
    return taken;
  }

  get #complete(): boolean {
    return this.#entered === this.#expected && (this.#order === null || this.#upToDate === this.#expected);
  }

  #take(member: Member, bytes: Buffer, start: number, end: number): number {
    if (this.#order === null) return this.#asides(member, bytes, start, end);
    let at = start;
    if (this.#placed[member.index] === 0) {
      at = this.#asides(member, bytes, start, end);
      if (at === end || !this.#place(member, bytes, at, end)) return at;
    }
    const known = this.#order.lines;
    const from = member.position;
    const taken = this.#order.take(member, bytes, at, end, (from, to, after) =>
      this.#aside(member, from, to, after),
    );
    if (this.#order.lines > known && this.#early.size > 0) this.#lookAgain();
    if (member.position > from && member.position === this.#expected * this.#length()) this.#upToDate++;
    return taken;
  }

  /** Takes lines up to the first that tells of an arrival. */
  #asides(member: Member, bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end) {
      if (this.#dialect.arrival && this.#dialect.arrival.begins(bytes, at, end) !== 'no') return at;
      const next = bytes.indexOf(10, at) + 1;
      if (next === 0 || next > end) return at;
      this.#aside(member, bytes, at, next);
      at = next;
    }
    return at;
  }

  #aside(member: Member, bytes: Buffer, at: number, end: number): void {
    if (this.#crowd.aside(member, bytes, at, end).type === 'entered') this.#enter(member);
  }

  /** A member that is told of an arrival first: it must be its own. False if its place isn't known yet. */
  #place(member: Member, bytes: Buffer, at: number, end: number): boolean {
    const { arrival } = this.#dialect;
    if (!arrival || (arrival.length === 0 && !arrival.learn(bytes, at, end))) return false;
    if (end - at < arrival.length) return false;
    if (newcomer(bytes, at + (arrival.nameAt ?? 0)) !== member.index) {
      throw new Wrong(`got ${quote(bytes, at, at + arrival.length)} before its own arrival`);
    }
    const rank = member.index === 0 ? 0 : (this.#rank[member.index] ?? -1);
    if (rank < 0) {
      this.#early.add(member);
      return false;
    }
    this.#early.delete(member);
    this.#placed[member.index] = 1;
    member.position = rank * arrival.length;
    if (this.#dialect.arrivalEnters) this.#enter(member);
    return true;
  }

  #enter(member: Member): void {
    if (member.entered) return;
    member.entered = true;
    this.#entered++;
    this.onEntered();
  }

  /** The order's next arrival: somebody who has not arrived before. */
  #arrived(bytes: Buffer, at: number, index: number): void {
    const who = newcomer(bytes, at + (this.#dialect.arrival?.nameAt ?? 0));
    if (this.#rank[who] !== -1) {
      throw new Wrong(`got the arrival of nobody, or one twice: ${quote(bytes, at, at + this.#length())}`);
    }
    this.#rank[who] = index;
  }

  #lookAgain(): void {
    if (this.#lookingAgain) return;
    this.#lookingAgain = true;
    setImmediate(() => {
      this.#lookingAgain = false;
      for (const member of [...this.#early]) this.#crowd.again(member);
    });
  }

  #length(): number {
    return this.#dialect.arrival?.length ?? 0;
  }
}

/** The index in the name (`m00017`) at `at`. */
function newcomer(bytes: Buffer, at: number): number {
  return digits(bytes, at + 1, 5);
}
