import {
  decodeUtf8,
  isText,
  LINE_BYTES,
  type Line,
  NAME_BYTES,
  parseLine,
  parseName,
  REF,
  TAG_BYTES,
} from '@palabre/protocol';

/** What the server's lines have at most, without their LF: a message comes with its sender's name (2.6). */
export const SERVER_LINE_BYTES = 1 + TAG_BYTES + 1 + LINE_BYTES + NAME_BYTES + 1;

const NUMBER = /^\d{1,15}$/;
const NAMES = (value: string): boolean => parseName(value) !== undefined;
const FLAG = (value: string): boolean => value === '';
const matches =
  (pattern: RegExp) =>
  (value: string): boolean =>
    pattern.test(value);

// 3.3
const TAGS: Readonly<Record<string, (value: string) => boolean>> = {
  ref: matches(REF),
  id: matches(NUMBER),
  at: matches(/^1\d{12}$/),
  room: NAMES,
  to: NAMES,
  was: NAMES,
  why: matches(
    /^(name|taken|nobody|empty|word|long|text|tags|room|key|banned|full|bye|lost|slow|idle|kicked)$/,
  ),
  token: matches(/^[0-9a-z]{1,10}\.[\w-]{22}$/),
  resumed: FLAG,
  old: FLAG,
  re: matches(NUMBER),
  cont: FLAG,
  count: matches(NUMBER),
  more: FLAG,
  line: matches(NUMBER),
  tags: matches(NUMBER),
  name: matches(NUMBER),
  linger: matches(NUMBER),
};

/** What follows a word. */
const RESTS: Readonly<Record<string, (rest: string) => boolean>> = {
  WHO: (rest) => rest === '' || rest.split(' ').every(NAMES),
  ERR: () => true, // 1.3  whatever was asked
  TKN: NAMES,
  ARR: NAMES,
  LFT: NAMES,
  MSG: said,
  PRV: said,
  EXT: matches(/^palabre\/\d+\.\d+\.\d+$/),
  LST: (rest) => rest === '' || (NAMES(rest.slice(0, rest.lastIndexOf(' '))) && / \d+$/.test(rest)),
  HST: (rest) => rest === '',
};

function said(rest: string): boolean {
  const space = rest.indexOf(' ');
  return space > 0 && rest.length > space + 1 && NAMES(rest.slice(0, space));
}

/** The line that these bytes are, or what is wrong with it as a line of a server's: not text, too long, of no form that the protocol knows. */
export function readServerLine(bytes: Buffer): Line | string {
  if (bytes.length > SERVER_LINE_BYTES) return `${bytes.length} bytes long`;
  const text = decodeUtf8(bytes);
  if (text === undefined || !isText(text)) return 'not text';
  const line = parseLine(text);
  if (line === undefined) return 'no line';
  const { tags, word, rest } = line;
  if (!RESTS[word]?.(rest)) return 'of no known form';
  if (!text.includes(rest === '' ? word : `${word} ${rest}`)) return 'not in capitals';
  for (const [key, value] of tags ?? []) {
    if (!Object.hasOwn(TAGS, key) || !TAGS[key]?.(value)) return `with a tag ${key} of no known form`;
  }
  return line;
}
