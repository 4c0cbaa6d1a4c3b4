import { digits, type LineShape } from './line-shape.ts';
import { quote, Wrong } from './wrong.ts';

const SPEAKER_DIGITS = 4;
const SEQ_AT = SPEAKER_DIGITS + 1;
const SEQ_DIGITS = 10;

/** Bytes that a text needs: two numbers, a space after each, and a letter, since some servers drop spaces at the end. */
export const SMALLEST_TEXT = SEQ_AT + SEQ_DIGITS + 2;

/** The text of a message: speaker, its how-manieth it is (from 0), and filling up to `size` bytes. */
export function textOf(speaker: number, seq: number, size: number): string {
  const numbers = `${String(speaker).padStart(SPEAKER_DIGITS, '0')} ${String(seq).padStart(SEQ_DIGITS, '0')} `;
  let filling = '';
  for (let i = numbers.length; i < size; i++) filling += String.fromCharCode(97 + ((i + speaker) % 26));
  return numbers + filling;
}

/** Stands for a message's number, in what comes before its text. */
export const NUMBER = '0'.repeat(SEQ_DIGITS);

function writeNumber(bytes: Buffer, numberAt: number, number: number): void {
  let rest = number;
  for (let at = numberAt + SEQ_DIGITS - 1; rest > 0; at--) {
    bytes[at] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

/** Writes the lines by which one speaker says its messages. */
export class SpeakerLines {
  readonly #line: Buffer;
  /** Where the number stands: in the text, and in the mark if there is one. */
  readonly #numbersAt: readonly number[];

  /** `before` and `after` are what the protocol puts around a text. Where `NUMBER` stands before it, each message's own number goes too. */
  constructor(before: string, after: string, speaker: number, size: number) {
    this.#line = Buffer.from(before + textOf(speaker, 0, size) + after, 'latin1');
    const mark = before.indexOf(NUMBER);
    this.#numbersAt = [before.length + SEQ_AT, ...(mark < 0 ? [] : [mark])];
  }

  /** The lines of `count` messages, the first of which is the speaker's `from`-th. */
  write(from: number, count: number): Buffer {
    const length = this.#line.length;
    const lines = Buffer.allocUnsafe(length * count);
    for (let i = 0; i < count; i++) {
      this.#line.copy(lines, i * length);
      for (const numberAt of this.#numbersAt) writeNumber(lines, i * length + numberAt, from + i);
    }
    return lines;
  }
}

/** Reads a text by itself and holds it, byte for byte, against what that speaker's texts are. */
export class MessageText {
  readonly #size: number;
  readonly #texts: readonly Buffer[];
  /** Of the text read last. */
  speaker = 0;
  seq = 0;

  constructor(speakers: number, size: number) {
    this.#size = size;
    this.#texts = Array.from({ length: speakers }, (_, s) => Buffer.from(textOf(s, 0, size), 'latin1'));
  }

  /** Reads the text from `at` to `end`; returns the speaker's how-manieth it is. Throws Wrong if it is no text of theirs. */
  read(bytes: Buffer, at: number, end: number): number {
    this.speaker = digits(bytes, at, SPEAKER_DIGITS);
    this.seq = digits(bytes, at + SEQ_AT, SEQ_DIGITS);
    const text = this.#texts[this.speaker];
    if (!text || this.seq < 0 || end - at !== this.#size) throw notAText(bytes, at, end);
    for (let i = SEQ_AT + SEQ_DIGITS; i < this.#size; i++)
      if (bytes[at + i] !== text[i]) throw notAText(bytes, at, end);
    return this.seq;
  }

  /** Throws Wrong unless the text read last, on the line from `at` to `end`, is this one. */
  mustBe(speaker: number, seq: number, bytes: Buffer, at: number, end: number): void {
    if (this.speaker !== speaker || this.seq !== seq)
      throw new Wrong(`got another text under its ref ${seq}: ${quote(bytes, at, end)}`);
  }
}

function notAText(bytes: Buffer, at: number, end: number): Wrong {
  return new Wrong(`what came is no text that was said: ${quote(bytes, at, end)}`);
}

/** Reads a message's line and holds it, byte for byte, against what that speaker's lines are. */
export class MessageLine {
  readonly shape: LineShape;
  readonly #size: number;
  readonly #names: readonly string[];
  readonly #known: (Buffer | undefined)[];
  /** Of the line read last. */
  speaker = 0;
  /** Of the line read last: the speaker's how-manieth message it is, from 0. */
  seq = 0;

  /** `names[s]` is speaker s's name, of `size` bytes all texts. */
  constructor(shape: LineShape, names: readonly string[], size: number) {
    this.shape = shape;
    this.#names = names;
    this.#size = size;
    this.#known = names.map(() => undefined);
  }

  /** Who speaks in the line at `at`, which was read before. */
  speakerAt(bytes: Buffer, at: number): number {
    return digits(bytes, at + this.#textAt(), SPEAKER_DIGITS);
  }

  /** Reads the whole line at `at` into `speaker` and `seq`; throws Wrong if it is not one of their lines. */
  read(bytes: Buffer, at: number): void {
    const textAt = this.#textAt();
    const speaker = digits(bytes, at + textAt, SPEAKER_DIGITS);
    const seq = digits(bytes, at + textAt + SEQ_AT, SEQ_DIGITS);
    if (speaker < 0 || speaker >= this.#names.length || seq < 0) throw this.#notAMessage(bytes, at);
    const known = this.#known[speaker] ?? this.#learn(bytes, at, speaker, seq);
    const length = this.shape.length;
    const seqAt = textAt + SEQ_AT;
    for (let i = 0; i < seqAt; i++) if (bytes[at + i] !== known[i]) throw this.#notAMessage(bytes, at);
    for (let i = seqAt + SEQ_DIGITS; i < length; i++) {
      if (bytes[at + i] !== known[i]) throw this.#notAMessage(bytes, at);
    }
    this.speaker = speaker;
    this.seq = seq;
  }

  /** The first line of a speaker: name and text must be right; what the protocol puts around them is kept. */
  #learn(bytes: Buffer, at: number, speaker: number, seq: number): Buffer {
    const { nameAt, length } = this.shape;
    const name = this.#names[speaker] ?? '';
    const text = textOf(speaker, seq, this.#size);
    const textAt = at + this.#textAt();
    const named =
      nameAt === null || bytes.toString('latin1', at + nameAt, at + nameAt + name.length) === name;
    if (!named || bytes.toString('latin1', textAt, textAt + text.length) !== text)
      throw this.#notAMessage(bytes, at);
    const line = Buffer.from(bytes.subarray(at, at + length));
    this.#known[speaker] = line;
    return line;
  }

  #textAt(): number {
    return this.shape.length - this.shape.ending - this.#size;
  }

  #notAMessage(bytes: Buffer, at: number): Wrong {
    return new Wrong(`what came is no message that was said: ${quote(bytes, at, at + this.shape.length)}`);
  }
}
