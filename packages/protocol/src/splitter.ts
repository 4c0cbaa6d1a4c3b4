const LF = 0x0a;
const CR = 0x0d;

/** Stands for a line that was longer than the limit and has been thrown away, up to its LF (2.6). */
export const TOO_LONG = Symbol('a line too long');

/**
 * Cuts bytes into lines, however they were chunked. Pull it: `push` a chunk, then `next` until there is no further line;
 * whoever must pace a connection just stops pulling.
 *
 * Memory: the one chunk being read, and at most `limit` bytes of a line that is not over yet.
 */
export class LineSplitter {
  readonly #limit: number;
  #chunk: Uint8Array | undefined;
  #at = 0;
  /** The beginning of a line whose end is in a chunk to come; its first `#held` bytes count. */
  #partial: Uint8Array | undefined;
  #held = 0;
  #discarding = false;

  /** `limit`: the most bytes of a line without its end (LF or CR LF). */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the line that is coming in is too long already: its bytes are being thrown away. */
  get discarding(): boolean {
    return this.#discarding;
  }

  /** Gives it the next bytes. They are read in place: do not change them before `next` has answered `undefined`. */
  push(chunk: Uint8Array): void {
    if (this.#chunk === undefined) {
      this.#chunk = chunk;
      this.#at = 0;
      return;
    }
    const rest = this.#chunk.subarray(this.#at);
    const joined = new Uint8Array(rest.length + chunk.length);
    joined.set(rest);
    joined.set(chunk, rest.length);
    this.#chunk = joined;
    this.#at = 0;
  }

  /** The next line, without its LF or CR LF; `undefined` when the bytes so far hold no further one. */
  next(): Uint8Array | typeof TOO_LONG | undefined {
    const chunk = this.#chunk;
    if (chunk === undefined) return undefined;
    const end = chunk.indexOf(LF, this.#at);
    if (end < 0) {
      this.#hold(chunk.subarray(this.#at));
      this.#chunk = undefined;
      return undefined;
    }
    const tail = chunk.subarray(this.#at, end);
    if (end + 1 === chunk.length) this.#chunk = undefined;
    else this.#at = end + 1;
    return this.#complete(tail);
  }

  #complete(tail: Uint8Array): Uint8Array | typeof TOO_LONG {
    let line = tail;
    if (this.#held > 0 || this.#discarding) {
      this.#hold(tail);
      if (this.#discarding) {
        this.#discarding = false;
        return TOO_LONG;
      }
      line = this.#partial?.subarray(0, this.#held) ?? tail;
      this.#partial = undefined;
      this.#held = 0;
    }
    if (line[line.length - 1] === CR) line = line.subarray(0, -1);
    return line.length > this.#limit ? TOO_LONG : line;
  }

  // Copies, so that a few bytes do not keep a whole chunk in memory. One byte over the limit is kept: it may be the CR.
  #hold(bytes: Uint8Array): void {
    if (this.#discarding || bytes.length === 0) return;
    const held = this.#held + bytes.length;
    if (held > this.#limit + 1) {
      this.#discarding = true;
      this.#partial = undefined;
      this.#held = 0;
      return;
    }
    if (this.#partial === undefined || this.#partial.length < held) {
      const grown = new Uint8Array(Math.min(Math.max(64, 2 * held), this.#limit + 1));
      if (this.#partial) grown.set(this.#partial.subarray(0, this.#held));
      this.#partial = grown;
    }
    this.#partial.set(bytes, this.#held);
    this.#held = held;
  }
}
