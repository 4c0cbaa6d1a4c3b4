import { LINE_BYTES } from './limits.ts';
import type { Name } from './names.ts';
import { escapeValue } from './tags.ts';
import { utf8Length } from './utf8.ts';

/** Why something can't be done, a name can't be had, or somebody left (3.5). */
export type Why =
  | (
      | 'name'
      | 'taken'
      | 'nobody'
      | 'empty'
      | 'word'
      | 'long'
      | 'text'
      | 'tags'
      | 'room'
      | 'key'
      | 'banned'
      | 'full'
    )
  | ('bye' | 'lost' | 'slow' | 'idle' | 'kicked');

/** What the extended form says beside a line (3.3). */
export interface Marks {
  readonly ref?: string | undefined;
  readonly id?: number | undefined;
  /** Ms since 1970, by the server's clock. */
  readonly at?: number | undefined;
  /** Absent: the lobby. */
  readonly room?: Name | undefined;
  readonly to?: Name | undefined;
  readonly was?: Name | undefined;
  readonly why?: Why | undefined;
  readonly token?: string | undefined;
  readonly resumed?: boolean | undefined;
  readonly old?: boolean | undefined;
  readonly re?: number | undefined;
  readonly cont?: boolean | undefined;
  readonly count?: number | undefined;
  readonly more?: boolean | undefined;
  /** With `EXT` alone: the limits (3.2). */
  readonly line?: number | undefined;
  readonly tags?: number | undefined;
  readonly name?: number | undefined;
  readonly linger?: number | undefined;
}

/** What a server says, a variant for each of its lines (1.1–1.11, 3.2, 3.8, 3.9). */
export type ServerLine = { readonly marks?: Marks | undefined } & (
  | /** The invitation where `names` is empty (1.1, 1.2), else those present, joined by spaces (1.6). */ {
      readonly word: 'WHO';
      readonly names: string;
    }
  | /** What was asked and is not a name (1.3), or the name of whom it concerns (1.9, 2.4). */ {
      readonly word: 'ERR';
      readonly about: string;
    }
  | { readonly word: 'TKN' | 'ARR' | 'LFT'; readonly name: Name }
  | { readonly word: 'MSG' | 'PRV'; readonly name: Name; readonly text: string }
  | { readonly word: 'EXT'; readonly version: string }
  | /** A room and how many are in it; the end of the list where there is none (3.8). */ {
      readonly word: 'LST';
      readonly name?: Name | undefined;
      readonly members?: number | undefined;
    }
  | /** The end of what was replayed (3.7, 3.9). */ { readonly word: 'HST' }
);

/** A line of the plain form, without its LF. That of a rename is two: LFT and ARR (2.3). */
export function formatPlain(line: ServerLine): string {
  if (line.word === 'ARR' && line.marks?.was !== undefined) return `LFT ${line.marks.was}\nARR ${line.name}`; // 2.3
  return formatBody(line);
}

/** A line of the extended form, without its LF (3.3). */
export function formatExtended(line: ServerLine): string {
  const tags = line.marks ? formatMarks(line.marks) : '';
  return tags === '' ? formatBody(line) : `@${tags} ${formatBody(line)}`;
}

function formatBody(line: ServerLine): string {
  switch (line.word) {
    case 'MSG':
    case 'PRV':
      return `${line.word} ${line.name} ${line.text}`;
    case 'ARR':
    case 'LFT':
    case 'TKN':
      return `${line.word} ${line.name}`;
    case 'ERR':
      return line.about === '' ? 'ERR' : `ERR ${line.about}`;
    case 'WHO':
      return line.names === '' ? 'WHO' : `WHO ${line.names}`;
    case 'EXT':
      return `EXT ${line.version}`;
    case 'LST':
      return line.name === undefined ? 'LST' : `LST ${line.name} ${line.members}`;
    case 'HST':
      return 'HST';
    default:
      return line satisfies never;
  }
}

// 3.3  written out rather than looped over: this is done for every line that is said
function formatMarks(marks: Marks): string {
  let tags = '';
  if (marks.ref !== undefined) tags += `;ref=${marks.ref}`;
  if (marks.old) tags += ';old';
  if (marks.id !== undefined) tags += `;id=${marks.id}`;
  if (marks.at !== undefined) tags += `;at=${marks.at}`;
  if (marks.room !== undefined) tags += `;room=${escapeValue(marks.room)}`;
  if (marks.to !== undefined) tags += `;to=${escapeValue(marks.to)}`;
  if (marks.was !== undefined) tags += `;was=${escapeValue(marks.was)}`;
  if (marks.why !== undefined) tags += `;why=${marks.why}`;
  if (marks.token !== undefined) tags += `;token=${marks.token}`;
  if (marks.resumed) tags += ';resumed';
  if (marks.re !== undefined) tags += `;re=${marks.re}`;
  if (marks.cont) tags += ';cont';
  if (marks.count !== undefined) tags += `;count=${marks.count}`;
  if (marks.more) tags += ';more';
  if (marks.line !== undefined)
    tags += `;line=${marks.line};tags=${marks.tags};name=${marks.name};linger=${marks.linger}`;
  return tags.slice(1);
}

/** The lists of names that make up a `WHO`, joined by spaces, each short enough for a line of 4,096 bytes (1.6, 2.6). */
export function rosterLists(names: Iterable<Name>): string[] {
  const lists: string[] = [];
  let gathered: Name[] = [];
  let bytes = 'WHO'.length;
  for (const name of names) {
    const more = 1 + utf8Length(name);
    if (bytes + more > LINE_BYTES) {
      lists.push(gathered.join(' '));
      gathered = [];
      bytes = 'WHO'.length;
    }
    gathered.push(name);
    bytes += more;
  }
  lists.push(gathered.join(' '));
  return lists;
}
