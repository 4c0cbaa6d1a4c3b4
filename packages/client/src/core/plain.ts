import { LINE_BYTES, NAME_BYTES, utf8Length } from '@palabre/protocol';
import type { Incoming } from './incoming.ts';
import type { Outbox } from './outbox.ts';

/**
 * Finds who asked for an answer of the plain form, which has no refs: a `WHO` list answers the first who asked for one, `ARR`, `TKN` and `ERR` with a
 * name the first who asked for that name. True where somebody had asked.
 *
 * A list may go on in further lines (2.6), and nothing says that it does. A line that has room for one more name is the last; after one that has not,
 * anything that is no list ends it.
 */
export function hearPlain(outbox: Outbox, line: Incoming): boolean {
  const list = outbox.find((ask) => ask.word === 'WHO');
  if (line.word === 'WHO') {
    const bytes = utf8Length(`WHO ${line.names.join(' ')}`);
    const more = bytes + 1 + NAME_BYTES > LINE_BYTES;
    return !!list && outbox.hear(list.ref, { ...line, more });
  }
  if (list?.begun) outbox.hear(list.ref, { ...line, word: 'WHO', names: [], more: false });
  if (line.word !== 'ARR' && line.word !== 'TKN' && line.word !== 'ERR') return false;
  const name = line.word === 'ERR' ? line.about : line.name;
  const asked = outbox.find((ask) => ask.word === 'IAM' && ask.rest === name);
  return !!asked && outbox.hear(asked.ref, line);
}
