import { setTimeout as after } from 'node:timers/promises';
import { ExtendedLine } from '../verify/extended-line.ts';
import { lineAfter } from '../verify/line-shape.ts';
import type { MessageText, SpeakerLines } from '../verify/message-line.ts';
import { ReceiptsDue } from '../verify/receipts-due.ts';
import type { Crowd } from './crowd.ts';
import type { Member, Reader } from './member.ts';

/** ms in which everything said must be receipted, and heard, once nothing more is said. */
const TAIL_WITHIN = 20_000;
/** Bytes of `MSG m00017 `, before a text; the speaker's number stands at 5. */
const TEXT_AT = 11;

/** What the members of a crowd say: each a stream of lines, marked with refs that count from 0. */
export interface Speech {
  /** By speaker. */
  readonly lines: readonly Pick<SpeakerLines, 'write'>[];
  /** What must be in each text; null: anything. */
  readonly text: MessageText | null;
  /** Does everybody hear it? */
  readonly heard: boolean;
}

/** Has every member of a crowd in the extended form speak, and checks the receipts, and what the others hear. */
export class Receipts implements Reader {
  readonly #crowd: Crowd;
  readonly #speech: Speech;
  readonly #line = new ExtendedLine();
  readonly #due: ReceiptsDue;
  /** By speaker: messages said. */
  readonly #said: Int32Array;
  /** What each keeps outstanding; 0: nothing more is said. */
  #outstanding = 0;
  /** What each says at most. */
  #limit = Number.POSITIVE_INFINITY;
  #onReceipts: () => void = () => {};
  /** Receipts that have come. */
  receipts = 0;
  /** Messages of others that have come. */
  heard = 0;

  constructor(crowd: Crowd, speech: Speech) {
    this.#crowd = crowd;
    this.#speech = speech;
    this.#due = new ReceiptsDue(crowd.members.length);
    this.#said = new Int32Array(crowd.members.length);
    crowd.readBy(this);
  }

  /** Keeps up to `outstanding` messages of each speaker without a receipt, until each has said `limit`; returns how to stop. */
  keepOutstanding(outstanding: number, limit = Number.POSITIVE_INFINITY): () => void {
    this.#outstanding = outstanding;
    this.#limit = limit;
    for (const member of this.#crowd.members) this.#refill(member);
    return () => {
      this.#outstanding = 0;
    };
  }

  /** Has each say `limit` messages, `outstanding` at a time; resolves once all are receipted. */
  sayAll(outstanding: number, limit: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onReceipts = () => {
        if (this.receipts === limit * this.#crowd.members.length) resolve();
      };
      this.keepOutstanding(outstanding, limit);
    });
  }

  /** Resolves once everything said is receipted and heard by all, or the crowd is closed; rejects if neither is so within 20 s. */
  async tail(): Promise<void> {
    const deadline = performance.now() + TAIL_WITHIN;
    while (this.#missing > 0 && !this.#crowd.closed) {
      if (performance.now() > deadline) throw new Error(`${this.#missing} receipts or messages never came`);
      await after(5);
    }
  }

  get #missing(): number {
    const said = this.#said.reduce((sum, each) => sum + each, 0);
    const hearers = this.#speech.heard ? this.#crowd.members.length - 1 : 0;
    return said - this.receipts + said * hearers - this.heard;
  }

  take(member: Member, bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end) {
      const next = lineAfter(bytes, at, end);
      if (next < 0) break;
      this.#takeLine(member, bytes, at, next);
      at = next;
    }
    this.#refill(member);
    this.#onReceipts();
    return at;
  }

  #takeLine(member: Member, bytes: Buffer, at: number, end: number): void {
    const line = this.#line;
    line.read(bytes, at, end);
    if (!line.says(this.#speech.heard ? 'MSG' : 'PRV', bytes)) {
      this.#crowd.aside(member, bytes, at, end);
      return;
    }
    const { index } = member;
    this.#due.id(index, line.id, bytes, at, end);
    const { text } = this.#speech;
    const seq = text?.read(bytes, line.wordAt + TEXT_AT, end - 1) ?? -1;
    if (line.ref >= 0) {
      if (text) text.mustBe(index, line.ref, bytes, at, end);
      this.#due.receipt(index, line.ref, this.#said[index] ?? 0);
      this.receipts++;
    } else {
      if (text) this.#due.heard(index, text.speaker, seq);
      this.heard++;
    }
  }

  /** Says more once half of what may be outstanding is receipted: few large writes rather than many small ones. */
  #refill({ index, socket }: Member): void {
    const said = this.#said[index] ?? 0;
    const open = said - (this.#due.receipted[index] ?? 0);
    if (open > this.#outstanding / 2) return;
    const count = Math.min(this.#outstanding - open, this.#limit - said);
    const lines = this.#speech.lines[index];
    if (count <= 0 || !lines) return;
    this.#said[index] = said + count;
    socket.write(lines.write(said, count));
  }
}
