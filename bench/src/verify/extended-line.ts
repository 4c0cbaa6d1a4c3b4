import { digits } from './line-shape.ts';
import { quote, Wrong } from './wrong.ts';

const SPACE = 32;
const SEMICOLON = 59;
const ZERO = 48;
const AT_SIGN = 64;

/** Reads what a line of the extended form says in its tags, as far as a load generator needs it, without making strings. */
export class ExtendedLine {
  /** Of the line read last; -1 if it says none. */
  id = -1;
  /** Of the line read last, where it is a number; -1 if it says none. */
  ref = -1;
  /** Where the word of the line read last begins. */
  wordAt = 0;

  /** Reads the whole line from `at` to `end`; throws Wrong if its tags have no end. */
  read(bytes: Buffer, at: number, end: number): void {
    this.id = -1;
    this.ref = -1;
    this.wordAt = at;
    if (bytes[at] !== AT_SIGN) return;
    let tag = at + 1;
    for (let i = tag; i < end; i++) {
      const byte = bytes[i];
      if (byte !== SEMICOLON && byte !== SPACE) continue;
      this.#tag(bytes, tag, i);
      tag = i + 1;
      if (byte !== SPACE) continue;
      this.wordAt = tag;
      return;
    }
    throw new Wrong(`got a line of tags alone: ${quote(bytes, at, end)}`);
  }

  /** Is this the line's word? */
  says(word: string, bytes: Buffer): boolean {
    for (let i = 0; i < word.length; i++) if (bytes[this.wordAt + i] !== word.charCodeAt(i)) return false;
    return true;
  }

  #tag(bytes: Buffer, at: number, end: number): void {
    if (begins(bytes, at, 'id=')) this.id = digits(bytes, at + 3, end - at - 3);
    else if (begins(bytes, at, 'ref=') && (bytes[at + 4] ?? 0) - ZERO < 10)
      this.ref = digits(bytes, at + 4, end - at - 4);
  }
}

function begins(bytes: Buffer, at: number, key: string): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key.charCodeAt(i)) return false;
  return true;
}
