import stringWidth from 'string-width';
import { cutTo } from '../terminal/clusters.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import type { Row } from './layout.ts';
import type { Places } from './places.ts';

/** How the line to the server is. */
export type LineStatus = 'connecting' | 'online' | 'offline';

export interface Status {
  readonly places: Places;
  readonly line: LineStatus;
  /** Lines that are still to be said. */
  readonly unsaid: number;
}

/** Where one is, how the line is, what is unseen elsewhere, who is here: in this order, for where columns are few the end is cut off. */
export function statusText({ places, line, unsaid }: Status): string {
  const { current } = places;
  const elsewhere = places.all
    .filter((place) => place !== current && place.unread > 0)
    .map(({ title, unread, mentioned }) => `${title} ${unread}${mentioned ? '!' : ''}`);
  const state = unsaid > 0 && line !== 'online' ? `${line}, ${unsaid} to say` : line;
  const { people } = current;
  const here = people.length > 0 ? [`${people.length} here: ${people.join(' ')}`] : [];
  return printable([current.title, state, ...elsewhere, ...here].join(' · '));
}

/** The text as a row of the block, cut to the columns that there are. */
export function bar(text: string, columns: number, paint: Paint): Row {
  const fitting = cutTo(` ${text} `, columns - 1);
  return { text: paint.bar(fitting), width: stringWidth(fitting) };
}
