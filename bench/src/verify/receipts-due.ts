import { outOfTurn } from './own-order.ts';
import { quote, Wrong } from './wrong.ts';

/** Checks what speakers of the extended form receive: each message receipted once, in order, under ids that grow. */
export class ReceiptsDue {
  /** By speaker: messages receipted, and so the number of the one due next. */
  readonly receipted: Int32Array;
  /** By listener and, within, by speaker: the message due next. */
  readonly #due: Int32Array;
  /** By listener: the id that came last. */
  readonly #ids: Float64Array;
  readonly #speakers: number;

  constructor(speakers: number) {
    this.#speakers = speakers;
    this.receipted = new Int32Array(speakers);
    this.#due = new Int32Array(speakers * speakers);
    this.#ids = new Float64Array(speakers).fill(-1);
  }

  /** A listener received a message of this id, on the line from `at` to `end`. */
  id(listener: number, id: number, bytes: Buffer, at: number, end: number): void {
    const last = this.#ids[listener] ?? -1;
    if (!(id > last)) throw new Wrong(`got ${quote(bytes, at, end)} after a line with the id ${last}`);
    this.#ids[listener] = id;
  }

  /** A speaker received a receipt for this ref, of `said` messages that it said. */
  receipt(speaker: number, ref: number, said: number): void {
    const due = this.receipted[speaker] ?? 0;
    if (ref !== due) throw new Wrong(`got the receipt for ref ${ref} where that for ${due} was due`);
    if (ref >= said) throw new Wrong(`got the receipt for ref ${ref}, not said yet`);
    this.receipted[speaker] = due + 1;
  }

  /** A listener received another speaker's `seq`-th message. */
  heard(listener: number, speaker: number, seq: number): void {
    if (listener === speaker) throw new Wrong(`got its own message ${seq} without its ref`);
    const place = listener * this.#speakers + speaker;
    const due = this.#due[place] ?? 0;
    if (seq !== due) throw new Wrong(outOfTurn(speaker, seq, due));
    this.#due[place] = due + 1;
  }
}
