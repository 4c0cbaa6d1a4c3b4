import { LINE_BYTES } from './limits.ts';
import type { Name } from './names.ts';
import { utf8Length } from './utf8.ts';

/** What a server says, a variant for each of its lines (1.1–1.11). */
export type ServerLine =
  /** The invitation where `names` is empty (1.1, 1.2), else those present, joined by spaces (1.6). */
  | { readonly word: 'WHO'; readonly names: string }
  /** What was asked and is not a name (1.3), or the name of whom it concerns (1.9, 2.4). */
  | { readonly word: 'ERR'; readonly about: string }
  | { readonly word: 'TKN' | 'ARR' | 'LFT'; readonly name: Name }
  | { readonly word: 'MSG' | 'PRV'; readonly name: Name; readonly text: string };

/** A line of the plain form, without its LF. */
export function formatPlain(line: ServerLine): string {
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
    default:
      return line satisfies never;
  }
}

/** The `WHO` lines that list these names, in their order, each at most 4,096 bytes (1.6, 2.6). */
export function whoLines(names: Iterable<Name>): ServerLine[] {
  const lines: ServerLine[] = [];
  let gathered: Name[] = [];
  let bytes = 'WHO'.length;
  for (const name of names) {
    const more = 1 + utf8Length(name);
    if (bytes + more > LINE_BYTES) {
      lines.push({ word: 'WHO', names: gathered.join(' ') });
      gathered = [];
      bytes = 'WHO'.length;
    }
    gathered.push(name);
    bytes += more;
  }
  lines.push({ word: 'WHO', names: gathered.join(' ') });
  return lines;
}
