/**
 * What a room is known to have said, as bytes: those that somebody still has to receive, and whatever else of
 * the past fits. Positions count all bytes since the room's beginning.
 */
export class Reference {
  #bytes: Buffer;
  /** The position of the first byte held. */
  #origin = 0;
  /** Bytes before this position are needed no more. */
  #needed = 0;
  /** The position after the last byte. */
  end = 0;

  constructor(capacity = 1 << 20) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Where the byte at `position` stands in `bytes`, until the next `append`. */
  offset(position: number): number {
    return position - this.#origin;
  }

  /** Are the `length` bytes at `at` those at `position`? All of these must be known. */
  matches(position: number, bytes: Buffer, at: number, length: number): boolean {
    const offset = position - this.#origin;
    return this.#bytes.compare(bytes, at, at + length, offset, offset + length) === 0;
  }

  append(bytes: Buffer, at: number, length: number): void {
    if (this.end - this.#origin + length > this.#bytes.length) this.#makeRoom(length);
    bytes.copy(this.#bytes, this.end - this.#origin, at, at + length);
    this.end += length;
  }

  /** Everybody is at `position` or further. */
  forget(position: number): void {
    this.#needed = position;
  }

  #makeRoom(length: number): void {
    const live = this.#bytes.subarray(this.#needed - this.#origin, this.end - this.#origin);
    const fits = (live.length + length) * 2 <= this.#bytes.length;
    const to = fits ? this.#bytes : Buffer.allocUnsafeSlow((live.length + length) * 4);
    live.copy(to);
    this.#bytes = to;
    this.#origin = this.#needed;
  }
}
