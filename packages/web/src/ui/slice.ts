/**
 * Which of the items held are in the document: those in sight and a margin on both sides. Where the others would be there are two empty boxes, as high
 * as they would be.
 */

/** The reader is at the newest line and stays there; or the item `key` stands `top` px below the upper edge of what is in sight. */
export type Place = 'end' | { readonly key: string; readonly top: number };

/** Items from `first` up to, not including, `last`. */
export interface Slice {
  readonly first: number;
  readonly last: number;
}

/** Items above and below those in sight: enough for a few turns of the wheel before the next are made. */
const MARGIN = 20;
/** How near to the end of the slice one may come before the next are made. */
const NEAR = 10;
/** No item is lower than this. */
const LOWEST_PX = 20;
/** What may be in the document at most. */
const MOST = 240;

/**
 * The slice of `count` items for a window `viewPx` high whose first item in sight is `at`. The slice that was there before is kept while it will
 * do: making and removing elements on each turn of the wheel is what makes a list stutter.
 */
export function sliceAround(at: number, count: number, viewPx: number, before?: Slice): Slice {
  const seen = Math.ceil(viewPx / LOWEST_PX);
  const size = Math.min(MOST, seen + 2 * MARGIN);
  if (before && before.last <= count && before.last - before.first <= size) {
    const above = before.first === 0 || at - before.first >= NEAR;
    const below = before.last === count || before.last - at >= seen + NEAR;
    if (above && below) return before;
  }
  const first = Math.max(0, Math.min(at - MARGIN, count - size));
  return { first, last: Math.min(count, first + size) };
}
