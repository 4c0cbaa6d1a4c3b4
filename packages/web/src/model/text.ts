import { isText, LINE_BYTES, utf8Length } from '@palabre/protocol';
import type { Problem } from './app.ts';

/** Lines in one text: what a server hears at once from somebody who was silent (4.2). */
const LINES = 100;

/**
 * A text as it was typed or pasted, made ready to be said: its line ends are LF, blank lines around it are gone, spaces that indent it are not. `to`: the
 * name it is said to, if it is said to one alone.
 */
export function readyText(
  typed: string,
  to?: string,
): { readonly text: string } | { readonly problem: Problem } {
  const lines = typed.split(/\r\n|[\r\n\u0085\u2028\u2029]/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  if (first < 0) return { problem: { what: 'empty' } };
  const ready = lines.slice(first, last + 1).map((line) => line.trimEnd());
  if (!ready.every(isText)) return { problem: { what: 'control-characters' } };
  const around = to === undefined ? 'MSG '.length : 'PRV  '.length + utf8Length(to);
  const long = ready.length > LINES || ready.some((line) => around + utf8Length(line) > LINE_BYTES);
  return long ? { problem: { what: 'too-long' } } : { text: ready.join('\n') };
}
