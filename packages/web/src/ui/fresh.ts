import type { Item } from '../model/app.ts';

/** Where the lines begin that are new since one looked: the index of the first, or `above` all that is held. */
export interface Fresh {
  readonly index?: number | undefined;
  readonly above: boolean;
}

/** `mark`: the id of the last line that was read. `whole`: there is nothing before the first item held. One's own lines are never new. */
export function firstFresh(items: readonly Item[], mark: number | undefined, whole: boolean): Fresh {
  if (mark === undefined) return { above: false };
  let index: number | undefined;
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item?.type !== 'message' || item.id === undefined) continue;
    if (item.id <= mark) return { index, above: false };
    if (!item.own) index = at;
  }
  return whole ? { index, above: false } : { above: index !== undefined };
}
