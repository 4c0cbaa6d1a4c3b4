import { quote, Wrong } from '../verify/wrong.ts';
import { answerEnd } from './handshake.ts';

const LF = 10;
// RFC 6455, 5.2
const FIN = 0x80;
const RESERVED = 0x70;
const OPCODE = 0x0f;
const MASKED = 0x80;
const CONTINUATION = 0;
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** What a member's connection is told of. */
export interface FrameListener {
  /** Some of the lines that came stand from `at` to `end`: look at them now, they are not kept. */
  lines(at: number, end: number): void;
  /** A ping came, to be answered with its payload. */
  ping(payload: string): void;
}

/**
 * What one connection receives once it has asked for a WebSocket: takes the answer and the headers away, so that lines are left as over
 * TCP. Each message is one or more of them, and an LF is put after it. Nothing is copied but what a chunk cuts in two.
 */
export class FrameReader {
  readonly #listener: FrameListener;
  /** The beginning of an answer, a header or a control frame of which the rest must still come. */
  #held: Buffer | null = null;
  #open = false;
  /** Bytes of the frame's payload that must still come. */
  #left = 0;
  /** Is the frame the last of its message? */
  #last = true;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /**
   * Takes the next bytes, from `start` to `end`. Writes over some before `start`, which must have room for what is held (16 KiB at
   * most), and over the one at `end`. Throws Wrong at what no server may send, or if the server closes.
   */
  take(bytes: Buffer, start: number, end: number): void {
    let at = start;
    if (this.#held !== null) {
      at -= this.#held.length;
      this.#held.copy(bytes, at);
      this.#held = null;
    }
    while (at < end) {
      const next = this.#next(bytes, at, end);
      if (next < 0) {
        this.#held = Buffer.from(bytes.subarray(at, end));
        return;
      }
      at = next;
    }
  }

  /** Takes whatever is due at `at`; returns where that ends, or -1 if more of it must come first. */
  #next(bytes: Buffer, at: number, end: number): number {
    if (this.#left > 0) return this.#payload(bytes, at, end);
    if (this.#open) return this.#frame(bytes, at, end);
    const opened = answerEnd(bytes, at, end);
    this.#open = opened > 0;
    return opened;
  }

  #frame(bytes: Buffer, at: number, end: number): number {
    if (end - at < 2) return -1;
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    if ((first & RESERVED) !== 0 || (second & MASKED) !== 0) throw unfit(bytes, at, end);
    const payloadAt = at + 2 + (second === 127 ? 8 : second === 126 ? 2 : 0);
    if (payloadAt > end) return -1;
    const length =
      second === 127
        ? Number(bytes.readBigUInt64BE(at + 2))
        : second === 126
          ? bytes.readUInt16BE(at + 2)
          : second;
    const opcode = first & OPCODE;
    if (opcode >= CLOSE) return this.#control(opcode, bytes, payloadAt, payloadAt + length, end);
    if (opcode !== (this.#last ? TEXT : CONTINUATION)) throw unfit(bytes, at, end);
    this.#last = (first & FIN) !== 0;
    this.#left = length;
    return length > 0 ? payloadAt : this.#payload(bytes, payloadAt, end);
  }

  #payload(bytes: Buffer, at: number, end: number): number {
    const to = Math.min(end, at + this.#left);
    this.#left -= to - at;
    if (this.#left > 0 || !this.#last) {
      this.#listener.lines(at, to);
      return to;
    }
    // A header may begin where the LF is put.
    const after = bytes[to] ?? 0;
    bytes[to] = LF;
    this.#listener.lines(at, to + 1);
    bytes[to] = after;
    return to;
  }

  #control(opcode: number, bytes: Buffer, at: number, to: number, end: number): number {
    if (to > end) return -1;
    if (opcode === PING) this.#listener.ping(bytes.toString('latin1', at, to));
    else if (opcode !== PONG) throw new Wrong(`the server closed: ${quote(bytes, at, to)}`);
    return to;
  }
}

function unfit(bytes: Buffer, at: number, end: number): Wrong {
  return new Wrong(`got a frame that no server may send here: ${quote(bytes, at, end)}`);
}
