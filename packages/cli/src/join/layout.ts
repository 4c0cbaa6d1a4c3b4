/** Where the line being typed stands on the screen: pure arithmetic over columns. */
import { type Cluster, clustersOf } from '../terminal/clusters.ts';

export interface Row {
  /** As it is written. */
  readonly text: string;
  /** The columns that it takes up. */
  readonly width: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  /** Where the cursor is: in which row, and behind which beginning of it. */
  readonly cursor: { readonly row: number; readonly before: Row };
}

const NOTHING: Row = { text: '', width: 0 };

/**
 * Breaks the prompt and the line being typed into rows. A row leaves the last column free: the cursor can stand behind all of it, and no terminal has
 * to be asked what it does with a line that is exactly full. A cluster is never broken.
 */
export function layOut(prompt: string, text: string, cursor: number, columns: number): Layout {
  const most = Math.max(1, columns - 1);
  const rows: Row[] = [];
  let row = NOTHING;
  let place: Layout['cursor'] | undefined;
  for (const { shown, width, at } of [...clustersOf(prompt).map(asPrompt), ...clustersOf(text)]) {
    if (row.width > 0 && row.width + width > most) {
      rows.push(row);
      row = NOTHING;
    }
    // In the middle of a cluster it is shown behind it.
    if (at >= cursor) place ??= { row: rows.length, before: row };
    row = { text: row.text + shown, width: row.width + width };
  }
  return { rows: [...rows, row], cursor: place ?? { row: rows.length, before: row } };
}

/** The cursor is never in the prompt. */
function asPrompt(cluster: Cluster): Cluster {
  return { ...cluster, at: -1 };
}

/** At most `height` rows, those around the cursor. */
export function crop({ rows, cursor }: Layout, height: number): Layout {
  const most = Math.max(1, height);
  const first = Math.max(0, Math.min(cursor.row - most + 1, rows.length - most));
  return { rows: rows.slice(first, first + most), cursor: { ...cursor, row: cursor.row - first } };
}
