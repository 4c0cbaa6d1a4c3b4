import { LINE_BYTES, TAG_BYTES } from './limits.ts';
import { formatTags, parseTags, type Tags } from './tags.ts';
import { isText } from './text.ts';
import { decodeUtf8 } from './utf8.ts';

/** A line taken apart: `["@" tags " "] word [" " rest]` (1.0, 3.1). */
export interface Line {
  /** Absent where the line has no tags. */
  readonly tags?: Tags | undefined;
  /** In capitals, whatever the case it came in (2.1). Any word: whether it is one of ours is for the reader to say. */
  readonly word: string;
  /** Everything after the single space, byte for byte (2.1); `''` where there is nothing. */
  readonly rest: string;
}

/** Why bytes are not a line that can be read: too long (2.6), not text (2.7), tags that are none (3.1). */
export type LineProblem = 'long' | 'text' | 'tags';

const AT = 0x40;
const SPACE = 0x20;

/**
 * Reads one line, without its LF and CR. The limits are in bytes: 1,024 of tags between `@` and space, 4,096 for the rest.
 * Never throws: what can't be read is answered, not thrown.
 */
export function readLine(bytes: Uint8Array): Line | LineProblem {
  if (bytes[0] === AT) {
    const space = bytes.indexOf(SPACE);
    const tagBytes = (space < 0 ? bytes.length : space) - 1;
    if (tagBytes > TAG_BYTES) return 'tags'; // 3.1
    if (bytes.length - tagBytes - 2 > LINE_BYTES) return 'long'; // 2.6
  } else if (bytes.length > LINE_BYTES) {
    return 'long'; // 2.6
  }
  const text = decodeUtf8(bytes);
  if (text === undefined || !isText(text)) return 'text'; // 2.7
  return parseLine(text) ?? 'tags';
}

/** Takes a line of text apart; `undefined` where it begins with tags that are none, or has nothing after them (3.1). */
export function parseLine(text: string): Line | undefined {
  if (!text.startsWith('@')) return parseBody(text);
  const space = text.indexOf(' ');
  if (space < 0) return undefined;
  const tags = parseTags(text.slice(1, space));
  return tags && parseBody(text.slice(space + 1), tags);
}

/** Writes a line, without its LF. `parseLine` gives it back as it was. */
export function formatLine(line: Line): string {
  const body = line.rest === '' ? line.word : `${line.word} ${line.rest}`;
  return line.tags ? `@${formatTags(line.tags)} ${body}` : body;
}

// 1.0  a word, then a space, then the rest
function parseBody(text: string, tags?: Tags): Line {
  const space = text.indexOf(' ');
  const end = space < 0 ? text.length : space;
  return { tags, word: capitals(text.slice(0, end)), rest: text.slice(end + 1) };
}

// 2.1  Any case, of our 26 letters: `toUpperCase` alone would take a long s or a dotless i for one of them.
function capitals(word: string): string {
  return word.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
