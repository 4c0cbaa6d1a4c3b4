/** A deadline is spent in this many steps. */
const STEPS = 10;

/**
 * Calls `late` once `ms` milliseconds have passed, and returns what calls it off.
 *
 * It counts only time in which this process runs: the deadline is spent in steps, and each step lets whatever has
 * arrived meanwhile be read first. So a machine that stood still for a second doesn't make a right server late.
 */
export function deadline(ms: number, late: () => void): () => void {
  let left = STEPS;
  let timer = setTimeout(step, ms / STEPS);
  function step(): void {
    left--;
    if (left > 0) timer = setTimeout(step, ms / STEPS);
    else late();
  }
  return () => clearTimeout(timer);
}
