import { lineAfter } from './line-shape.ts';
import type { MessageLine } from './message-line.ts';
import type { Aside } from './room-order.ts';
import { Wrong } from './wrong.ts';

/**
 * Checks what one member receives by itself, line by line: every speaker's messages, each in that speaker's
 * order. For those who don't get their own lines, and for servers that promise no order among speakers.
 */
export class OwnOrder {
  readonly #line: MessageLine;
  /** By speaker: the message due next. */
  readonly next: Int32Array;
  readonly #own: number;

  /** `own` is this member's number as a speaker, whose messages it must not get; -1 if it isn't one. */
  constructor(line: MessageLine, speakers: number, own: number) {
    this.#line = line;
    this.next = new Int32Array(speakers);
    this.#own = own;
  }

  /** As RoomOrder.take; `seen` is told of every message. */
  take(
    bytes: Buffer,
    start: number,
    end: number,
    aside: Aside,
    seen: (speaker: number, seq: number) => void,
  ): number {
    const line = this.#line;
    const { shape } = line;
    let at = start;
    while (at < end) {
      const begins = shape.begins(bytes, at, end);
      if (begins === 'short') return at;
      if (begins === 'no') {
        const next = lineAfter(bytes, at, end);
        if (next < 0) return at;
        aside(bytes, at, next);
        at = next;
        continue;
      }
      if (shape.length === 0 && !shape.learn(bytes, at, end)) return at;
      if (end - at < shape.length) return at;
      line.read(bytes, at);
      this.#check(line.speaker, line.seq);
      seen(line.speaker, line.seq);
      at += shape.length;
    }
    return at;
  }

  #check(speaker: number, seq: number): void {
    const due = this.next[speaker] ?? 0;
    if (speaker === this.#own) throw new Wrong(`got its own message ${seq} back`);
    if (seq !== due) throw new Wrong(outOfTurn(speaker, seq, due));
    this.next[speaker] = due + 1;
  }
}

/** Says that a speaker's message came where another one of its was due. */
export function outOfTurn(speaker: number, seq: number, due: number): string {
  const kind =
    seq < due
      ? 'a message twice, or too late'
      : 'a message too early: one was lost, or they are out of order';
  return `got ${kind}: message ${seq} of speaker ${speaker} came where its message ${due} was due`;
}
