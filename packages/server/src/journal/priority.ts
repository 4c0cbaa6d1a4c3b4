import { constants, getPriority, setPriority } from 'node:os';

/** ms of work after which a nap is taken, and its length; the system makes 0.1 ms of that. */
const WORK = 0.25;
const NAP = 0.05;

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

const nobody = new Int32Array(new SharedArrayBuffer(4));

/**
 * This thread sleeps for a moment, so that others have the core. Priority does not do that: a kernel that has a thread of higher priority to run may let the present
 * one go on until it sleeps, or until the next tick of its clock, or the one after it (4 ms each).
 */
function nap(): void {
  Atomics.wait(nobody, 0, 0, NAP);
}

/** Makes a function to be called often in the middle of long work: now and then it takes a nap. */
export function breather(): () => void {
  let rested = performance.now();
  return () => {
    if (performance.now() - rested < WORK) return;
    nap();
    rested = performance.now();
  };
}
