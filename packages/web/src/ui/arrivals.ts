import type { Item, Message } from '../model/app.ts';

/**
 * The lines of others at the end of `items` that came after the one with the key `last`, oldest first. None where that line is no longer among the
 * items: then the list has moved, and nothing has come.
 */
export function arrivedAfter(items: readonly Item[], last: string | undefined): readonly Message[] {
  const arrived: Message[] = [];
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item?.key === last) return arrived.reverse();
    if (item?.type === 'message' && !item.own) arrived.push(item);
  }
  return [];
}
