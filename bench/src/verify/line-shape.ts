/** Does a line begin here? `short`: too few bytes have come to tell. */
export type Begins = 'yes' | 'no' | 'short';

const LF = 10;

/**
 * What the lines of one kind have in common in one contender's protocol. All of them have one length, since names,
 * numbers and texts are padded to one width; it is learned from the first that comes.
 */
export class LineShape {
  /** Bytes of such a line, its ending included; 0 until one has come. */
  length = 0;
  readonly #start: Buffer;
  readonly #newlines: number;
  /** Where the speaker's or newcomer's name begins, or null if the line bears none. */
  readonly nameAt: number | null;
  /** Bytes of the line's ending: 1 for LF, 2 for CR LF, 3 for Socket.IO's `"]` and LF. */
  readonly ending: number;

  /** `start` is how such a line, and no other, begins; `newlines` how many LF are in it (2 in NATS). */
  constructor(shape: { start: string; nameAt: number | null; ending: 1 | 2 | 3; newlines?: 1 | 2 }) {
    this.#start = Buffer.from(shape.start);
    this.#newlines = shape.newlines ?? 1;
    this.nameAt = shape.nameAt;
    this.ending = shape.ending;
  }

  /** Bytes that must be seen to know that it is such a line. */
  get tellingBytes(): number {
    return this.#start.length;
  }

  begins(bytes: Buffer, at: number, end: number): Begins {
    const start = this.#start;
    for (let i = 0; i < start.length; i++) {
      if (at + i >= end) return 'short';
      if (bytes[at + i] !== start[i]) return 'no';
    }
    return 'yes';
  }

  /** Learns the length from a line that begins at `at`; false if the whole of it has not come. */
  learn(bytes: Buffer, at: number, end: number): boolean {
    let from = at;
    for (let i = 0; i < this.#newlines; i++) {
      const newline = bytes.indexOf(LF, from);
      if (newline < 0 || newline >= end) return false;
      from = newline + 1;
    }
    this.length = from - at;
    return true;
  }
}

/** Where the line after the one at `at` begins, or -1 if its end has not come. */
export function lineAfter(bytes: Buffer, at: number, end: number): number {
  const newline = bytes.indexOf(LF, at);
  return newline < 0 || newline >= end ? -1 : newline + 1;
}

/** The number in `width` digits at `at`, or -1 if they are not digits. */
export function digits(bytes: Buffer, at: number, width: number): number {
  let value = 0;
  for (let i = at; i < at + width; i++) {
    const digit = (bytes[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
