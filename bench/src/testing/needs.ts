import type { TestContext } from 'node:test';

/**
 * Skips a test that needs what is not installed, with a line that says how to have it; where `CI` is `true` it fails
 * instead, so that nothing is left out unseen. Returns whether the test can go on.
 */
export function needs(t: TestContext, program: string, installed: boolean, howToHave: string): boolean {
  if (installed) return true;
  const line = `${program} is not installed: ${howToHave}`;
  if (process.env.CI === 'true') throw new Error(line);
  t.skip(line);
  return false;
}
