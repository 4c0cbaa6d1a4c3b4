import type { Framing } from './framing.ts';

const LF = 0x0a;

/**
 * Bytes allocated at a time: many small batches share one allocation. Each is twice as large as the one before, up to so much for each that the
 * batches are for: there may be thousands of audiences of a few.
 */
const FIRST_SLAB_BYTES = 4 * 1024;
const SLAB_BYTES = 256 * 1024;
const SLAB_BYTES_A_READER = 8 * 1024;

const NOTHING = Buffer.alloc(0);

/**
 * Lines gathered for everybody in a room, encoded once. What `slice` and `take` return is never written to again, so that any number
 * of connections can be given the same bytes.
 */
export class Batch {
  readonly #readers: () => number;
  readonly #framing: Framing | undefined;
  /** Bytes left free before each batch, for its header. */
  readonly #gap: number;
  #slab = NOTHING;
  #start = 0;
  #end = 0;

  /** `readers`: how many it is for. */
  constructor(readers: () => number, framing?: Framing) {
    this.#readers = readers;
    this.#framing = framing;
    this.#gap = framing?.headerBytes ?? 0;
  }

  /** Bytes gathered since the last `take`. */
  get length(): number {
    return this.#end - this.#start;
  }

  append(line: string): void {
    const most = 3 * line.length + 1; // a UTF-16 unit is at most three bytes of UTF-8
    if (this.#end + most > this.#slab.length) this.#renew(most);
    this.#end += this.#slab.write(line, this.#end);
    this.#slab[this.#end++] = LF;
  }

  /** Bytes of this batch, counted from its beginning: from `from` to `to`, or to its end so far. */
  slice(from: number, to = this.length): Buffer {
    return this.#slab.subarray(this.#start + from, this.#start + to);
  }

  /** The whole batch, in its frame; the next one begins. It must not be empty. */
  take(): Buffer {
    const whole = this.#framing ? this.#frame(this.#framing) : this.#slab.subarray(this.#start, this.#end);
    this.#start = this.#end + this.#gap;
    this.#end = this.#start;
    return whole;
  }

  // In place: the header is written before the lines, where room was left for it. The last LF ends with the frame.
  #frame(framing: Framing): Buffer {
    const header = framing.header(this.#slab.subarray(this.#start, this.#end - 1));
    const from = this.#start - header.length;
    this.#slab.set(header, from);
    return this.#slab.subarray(from, this.#end - 1);
  }

  #renew(needed: number): void {
    const gathered = this.#slab.subarray(this.#start, this.#end);
    const most = Math.min(SLAB_BYTES, SLAB_BYTES_A_READER * Math.max(1, this.#readers()));
    const usual = Math.min(most, Math.max(FIRST_SLAB_BYTES, 2 * this.#slab.length));
    this.#slab = Buffer.allocUnsafeSlow(Math.max(usual, this.#gap + 2 * (gathered.length + needed)));
    this.#slab.set(gathered, this.#gap);
    this.#start = this.#gap;
    this.#end = this.#gap + gathered.length;
  }
}
