/** Whether the page is used by fingers: to give the focus to a box would bring up a keyboard over half of it. */
export function coarsePointer(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
