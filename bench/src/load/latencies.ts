import { percentile } from '../percentiles.ts';
import type { Witness } from './messages.ts';

/** Times every delivery: from just before a message's line is written to when its receiver's bytes were read. */
export class Latencies implements Witness {
  /** By speaker and its messages in turn: when it was said, in ms. */
  readonly #said: readonly Float64Array[];
  /** By the room's order: when it was said, in ms. */
  readonly #ordered: Float64Array;
  readonly #deliveries: Float64Array;
  readonly #messages: number;
  #count = 0;
  /** Deliveries are kept only from here on. */
  measuring = false;

  /** Room for `messages` messages, to be received by `members` at most. */
  constructor(speakers: number, messages: number, members: number) {
    this.#messages = messages;
    this.#said = Array.from({ length: speakers }, () => new Float64Array(messages));
    this.#ordered = new Float64Array(messages);
    this.#deliveries = new Float64Array(messages * members);
  }

  /** A speaker is about to say its `seq`-th message. */
  saying(speaker: number, seq: number): void {
    if (seq >= this.#messages)
      throw new Error(`more than the ${this.#messages} messages that there is room for`);
    const times = this.#said[speaker];
    if (times) times[seq] = performance.now();
  }

  ordered(index: number, speaker: number, seq: number): void {
    this.#ordered[index] = this.#said[speaker]?.[seq] ?? Number.NaN;
  }

  receivedRange(from: number, to: number): void {
    if (!this.measuring || from === to) return;
    const now = performance.now();
    for (let index = from; index < to; index++) this.#keep(now - (this.#ordered[index] ?? Number.NaN));
  }

  received(speaker: number, seq: number): void {
    if (this.measuring) this.#keep(performance.now() - (this.#said[speaker]?.[seq] ?? Number.NaN));
  }

  /** Forgets the deliveries kept so far. */
  clear(): void {
    this.#count = 0;
  }

  /** ms within which these shares (0 to 1) of all deliveries came. */
  percentiles(shares: readonly number[]): number[] {
    const sorted = this.#deliveries.subarray(0, this.#count).sort();
    return shares.map((share) => percentile(sorted, share));
  }

  #keep(latency: number): void {
    this.#deliveries[this.#count++] = latency;
  }
}
