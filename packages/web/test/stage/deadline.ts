/** How long, in ms, whatever is waited for may take on a busy machine before a test fails. Nothing here sleeps: a wait ends with what it waits for. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export const DEADLINE_MS = 15_000;

/** Looks again and again until what is seen is `expected`; fails with what was seen last. */
export async function eventually<T>(look: () => T | Promise<T>, expected: T, what?: string): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      assert.deepEqual(await look(), expected, what);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await pause(20);
  }
}
