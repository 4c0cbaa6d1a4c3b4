import { type LineShape, lineAfter } from './line-shape.ts';
import { Reference } from './reference.ts';
import { quote, Wrong } from './wrong.ts';

/** How far somebody is in the room's order, in bytes. */
export interface Place {
  position: number;
}

/** Takes a line that is not the room's (a ping, a notice): bytes from `at` to `end`, its ending included. */
export type Aside = (bytes: Buffer, at: number, end: number) => void;

/**
 * Holds what many members receive against one another: all must get the same bytes. Whoever is first to bring a
 * line has it read and judged (`accept`); for all others a comparison of memory decides, so that the check costs
 * next to nothing for a delivery.
 */
export class RoomOrder {
  readonly reference = new Reference();
  readonly #shape: LineShape;
  readonly #accept: (bytes: Buffer, at: number, index: number) => void;
  /** Whole lines known and accepted. */
  lines = 0;

  /** `accept` is given each new line once, with its index in the order, and throws Wrong if it is not due. */
  constructor(shape: LineShape, accept: (bytes: Buffer, at: number, index: number) => void) {
    this.#shape = shape;
    this.#accept = accept;
  }

  /**
   * Takes what a member received, and moves its place on. Returns where it stopped: what is left there is the
   * beginning of a line of which more must come. Throws Wrong if it isn't what was due.
   */
  take(place: Place, bytes: Buffer, start: number, end: number, aside: Aside): number {
    let at = start;
    let lineByLine = false;
    while (at < end) {
      const known = Math.min(end - at, this.reference.end - place.position);
      if (known > 0) {
        const length = lineByLine ? Math.min(known, this.#restOfLine(place.position)) : known;
        if (this.reference.matches(place.position, bytes, at, length)) {
          const step = at + length === end ? length - this.#untold(place.position + length) : length;
          place.position += step;
          at += step;
          if (step < length) return at;
          continue;
        }
        // Somewhere in these bytes is a line aside, or a fault: go line by line to see which.
        if (!lineByLine && this.#restOfLine(place.position) < known) {
          lineByLine = true;
          continue;
        }
        const next = this.#takeAside(place, bytes, at, end, aside);
        if (next < 0) return at;
        if (next === at) throw this.#fault(place, bytes, at, end);
        at = next;
        lineByLine = false;
        continue;
      }
      const next = this.#takeAside(place, bytes, at, end, aside);
      if (next < 0) return at;
      if (next > at) {
        at = next;
        continue;
      }
      if (this.#shape.length === 0 && !this.#shape.learn(bytes, at, end)) return at;
      const length = Math.min(end - at, this.#restOfLine(place.position));
      this.reference.append(bytes, at, length);
      place.position += length;
      at += length;
      this.#acceptLines();
    }
    return at;
  }

  /** At a line's beginning: where the line aside that stands there ends; `at` if it is the room's; -1 if unknown yet. */
  #takeAside(place: Place, bytes: Buffer, at: number, end: number, aside: Aside): number {
    if (this.#into(place.position) > 0) return at;
    const begins = this.#shape.begins(bytes, at, end);
    if (begins === 'yes') return at;
    if (begins === 'short') return -1;
    const next = lineAfter(bytes, at, end);
    if (next > 0) aside(bytes, at, next);
    return next;
  }

  /** Bytes at the end of a chunk that may yet turn out to begin a line aside. */
  #untold(position: number): number {
    const into = this.#into(position);
    return into < this.#shape.tellingBytes ? into : 0;
  }

  #into(position: number): number {
    return this.#shape.length === 0 ? 0 : position % this.#shape.length;
  }

  #restOfLine(position: number): number {
    return this.#shape.length - this.#into(position);
  }

  #acceptLines(): void {
    const { length } = this.#shape;
    while ((this.lines + 1) * length <= this.reference.end) {
      this.#accept(this.reference.bytes, this.reference.offset(this.lines * length), this.lines);
      this.lines++;
    }
  }

  /** Says what is wrong with the line at `at`, which the place stands before or in. */
  #fault(place: Place, bytes: Buffer, at: number, end: number): Wrong {
    const { reference } = this;
    const { length } = this.#shape;
    const position = place.position - this.#into(place.position);
    const due = reference.offset(position);
    const lineStart = Math.max(0, at - this.#into(place.position));
    const came = Buffer.from(bytes.subarray(lineStart, Math.min(end, lineStart + length)));
    const elsewhere = reference.bytes.subarray(0, reference.offset(reference.end)).indexOf(came);
    const kind =
      came.length < length || elsewhere < 0
        ? 'a line that was not due'
        : elsewhere < due
          ? 'a line twice, or too late'
          : 'a line too early: one before it was lost, or they are out of order';
    return new Wrong(
      `got ${kind}: ${quote(came, 0, came.length)} came where ${quote(reference.bytes, due, due + length)} was due`,
    );
  }
}
