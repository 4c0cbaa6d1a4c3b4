import { isText, NAME_BYTES, parseLine, TAGGED_LINE_BYTES, type Tags } from '@palabre/protocol';

/** What the tags of a server's line say (3.3); `undefined` where there is no such tag, or none that can be read. */
interface Marks {
  readonly ref?: string;
  readonly id?: number;
  readonly at?: number;
  readonly room?: string;
  readonly to?: string;
  readonly was?: string;
  readonly why?: string;
  readonly token?: string;
  readonly re?: number;
  /** Bytes. */
  readonly line?: number;
  /** Seconds. */
  readonly linger?: number;
  readonly resumed?: true;
  readonly old?: true;
  readonly cont?: true;
  readonly more?: true;
}

const NUMBERS = /^(id|at|re|line|linger)$/;
const FLAGS = /^(resumed|old|cont|more)$/;

/** A line from the server that has been checked: what the rest of the library works on. */
export interface Incoming extends Marks {
  /** One that is known. */
  readonly word: string;
  /** Everything after the word. */
  readonly rest: string;
  /** The first word of that: who speaks, comes or leaves, or a room. A name, but in `WHO` and `ERR`; `''` on the `LST` that ends a list. */
  readonly name: string;
  /** What comes after the name: what is said. */
  readonly text: string;
}

/** A line from a server may be longer than one to it by its speaker's name and a space (2.6). */
export const LONGEST_LINE = TAGGED_LINE_BYTES + NAME_BYTES + 1;

// 2.2  Looser than parseName: which code points are assigned, and how many a name may have, is for the server to say, which may be newer.
const NAME = /^(?![@#:])[^\p{White_Space}\p{Cc}\p{Cf}\p{Cs}]{1,128}$/u;

/** The words, those first after which a name must come. */
const WORDS = /^(?:(TKN|ARR|MSG|PRV|LFT)|WHO|ERR|EXT|HST|LST)$/;

/** Whether this may be shown as a name, and said as one. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/**
 * Reads a line of the server's. The server is not trusted: a line that is not text (2.7), is longer than lines are (2.6), or names somebody or
 * a room by what is no name gives `undefined`, and so does a word that is not known. Such lines go no further.
 */
export function readIncoming(text: string): Incoming | undefined {
  const line = text.length <= LONGEST_LINE && isText(text) && parseLine(text);
  if (!line) return undefined;
  const { word, rest } = line;
  const [known, naming] = WORDS.exec(word) ?? [];
  const [name = ''] = rest.split(' ', 1);
  const marks = readMarks(line.tags);
  const names = [marks.room, marks.to, marks.was, naming && name];
  if (!known || names.some((each) => each !== undefined && !isName(each))) return undefined;
  return { ...marks, word, rest, name, text: rest.slice(name.length + 1) };
}

function readMarks(tags: Tags = new Map()): Marks {
  const marks = [...tags].map(([key, value]) => {
    if (NUMBERS.test(key)) return [key, /^\d{1,15}$/.test(value) ? Number(value) : undefined];
    return [key, FLAGS.test(key) || value];
  });
  return Object.fromEntries(marks);
}
