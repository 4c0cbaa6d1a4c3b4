/**
 * What a reader takes for one character, a grapheme cluster (UAX 29): a letter with its accents, a family joined to one emoji. The cursor goes by them, and
 * the columns that text takes up are counted by them.
 */
import stringWidth from 'string-width';

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const TAB_COLUMNS = 4;

export interface Cluster {
  readonly text: string;
  /** Where it begins, in UTF-16 units. */
  readonly at: number;
  /** As it is put on the screen: a tab as spaces. */
  readonly shown: string;
  /** The columns that it takes up. */
  readonly width: number;
}

export function clustersOf(text: string): Cluster[] {
  return Array.from(clusters.segment(text), ({ segment, index }) => {
    const shown = segment === '\t' ? ' '.repeat(TAB_COLUMNS) : segment;
    return { text: segment, at: index, shown, width: stringWidth(shown) };
  });
}

/** Where the cluster begins that ends at or around `index`; 0 at the beginning. */
export function clusterBefore(text: string, index: number): number {
  return clusters.segment(text).containing(index - 1)?.index ?? 0;
}

/** Where the cluster ends that begins at or around `index`. */
export function clusterAfter(text: string, index: number): number {
  const found = clusters.segment(text).containing(index);
  return found ? found.index + found.segment.length : text.length;
}

/** The nearest end of a cluster at or after `index`. */
export function clusterEnd(text: string, index: number): number {
  const found = clusters.segment(text).containing(index);
  return !found || found.index === index ? index : found.index + found.segment.length;
}

/** The beginning of `text` that fits into so many columns, with `…` where something is left out. */
export function cutTo(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const cluster of clustersOf(text)) {
    width += cluster.width;
    if (width > columns) break;
    kept += cluster.text;
  }
  return columns > 0 ? `${kept}…` : '';
}
