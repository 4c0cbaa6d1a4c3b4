import { isText, NAME_BYTES, parseLine, TAGGED_LINE_BYTES, type Tags } from '@palabre/protocol';

/** What the tags of a server's line say (3.3). */
export interface Marks {
  /** `''` where there is none. */
  readonly ref: string;
  /** Of a message; on the `ARR` to oneself the highest so far, where the server says it. */
  readonly id: number | undefined;
  readonly at: number | undefined;
  readonly room: string | undefined;
  readonly to: string | undefined;
  readonly was: string | undefined;
  readonly why: string | undefined;
  readonly token: string | undefined;
  readonly re: number | undefined;
  /** Bytes. */
  readonly line: number | undefined;
  /** Seconds. */
  readonly linger: number | undefined;
  readonly resumed: boolean;
  readonly old: boolean;
  readonly cont: boolean;
  readonly more: boolean;
}

/** A line from the server that has been checked: what the rest of the library works on. */
export type Incoming = Marks &
  (
    | { readonly word: 'WHO'; readonly names: readonly string[] }
    | { readonly word: 'ARR'; readonly name: string }
    | { readonly word: 'LFT'; readonly name: string }
    | { readonly word: 'TKN'; readonly name: string }
    /** `about`: what was asked and is no name (1.3), or one's own name (1.9, 2.4). */
    | { readonly word: 'ERR'; readonly about: string }
    | { readonly word: 'MSG' | 'PRV'; readonly name: string; readonly text: string }
    | { readonly word: 'EXT' | 'HST' }
    /** `name` is `''` on the line that ends the list. */
    | { readonly word: 'LST'; readonly name: string; readonly members: number }
  );

/** A line with one of these words. */
export type IncomingOf<W extends Incoming['word']> = Extract<Incoming, { readonly word: W }>;
export type Said = Extract<Incoming, { text: string }>;

/** A line from a server may be longer than one to it by its speaker's name and a space (2.6). */
export const LONGEST_LINE = TAGGED_LINE_BYTES + NAME_BYTES + 1;

// 2.2  Looser than parseName: which code points are assigned, and how many a name may have, is for the server to say, which may be newer.
const NAME = /^(?![@#:])[^\p{White_Space}\p{Cc}\p{Cf}\p{Cs}]{1,128}$/u;

/** Whether this may be shown as a name, and said as one. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/**
 * Reads a line of the server's. The server is not trusted: a line that is not text (2.7), is longer than lines are (2.6), or names somebody or
 * a room by what is no name gives `undefined`, and so does a word that is not known. Such lines go no further.
 */
export function readIncoming(text: string): Incoming | undefined {
  const line = text.length <= LONGEST_LINE && isText(text) ? parseLine(text) : undefined;
  if (!line) return undefined;
  const { word, rest } = line;
  const marks = readMarks(line.tags);
  if (!marks) return undefined;
  const space = rest.indexOf(' ');
  const name = space < 0 ? rest : rest.slice(0, space);
  const tail = rest.slice(name.length + 1);
  switch (word) {
    case 'WHO':
      return { word, ...marks, names: rest.split(' ').filter(isName) };
    case 'ARR':
    case 'LFT':
    case 'TKN':
      return isName(rest) ? { word, ...marks, name: rest } : undefined;
    case 'MSG':
    case 'PRV':
      return isName(name) ? { word, ...marks, name, text: tail } : undefined;
    case 'LST':
      return name === '' || isName(name) ? { word, ...marks, name, members: number(tail) ?? 0 } : undefined;
    case 'ERR':
      return { word, ...marks, about: rest };
    case 'EXT':
    case 'HST':
      return { word, ...marks };
    default:
      return undefined;
  }
}

function readMarks(tags: Tags | undefined): Marks | undefined {
  const text = (key: string): string | undefined => tags?.get(key);
  const has = (key: string): boolean => text(key) !== undefined;
  const value = (key: string): number | undefined => number(text(key));
  const [room, to, was] = [text('room'), text('to'), text('was')];
  if ([room, to, was].some((name) => name !== undefined && !isName(name))) return undefined;
  return {
    ref: text('ref') ?? '',
    id: value('id'),
    at: value('at'),
    room,
    to,
    was,
    why: text('why'),
    token: text('token'),
    re: value('re'),
    line: value('line'),
    linger: value('linger'),
    resumed: has('resumed'),
    old: has('old'),
    cont: has('cont'),
    more: has('more'),
  };
}

function number(text: string | undefined): number | undefined {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
