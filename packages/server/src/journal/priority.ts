import { constants, getPriority, setPriority } from 'node:os';

/** How far, as `nice` counts: where both want all of one core, who gives way gets a tenth of it. */
const STEPS = 10;

/**
 * Lowers the priority of a thread, of this one by default; of the whole process where a thread has none of its own, as everywhere but on Linux.
 * Lower than it was, whatever that is: to raise one takes rights that few users have. Where even this is not allowed all stays as it is.
 */
export function giveWay(thread = 0): void {
  try {
    setPriority(thread, Math.min(constants.priority.PRIORITY_LOW, getPriority(thread) + STEPS));
  } catch {
    // What was to be done is done all the same, only less politely.
  }
}
