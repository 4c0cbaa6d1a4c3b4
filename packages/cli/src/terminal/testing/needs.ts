import { spawnSync } from 'node:child_process';
import type { TestContext } from 'node:test';

/**
 * Whether a program is on this machine. If not the test is skipped by name, with how to have it; under CI, where all of them are installed, it
 * fails.
 */
export function needs(t: TestContext, program: string, howToHave: string): boolean {
  const { error } = spawnSync(program, ['-V'], { stdio: 'ignore' });
  if (!error) return true;
  const why = `${program} is not on this machine; to have it: ${howToHave}`;
  if (process.env.CI === 'true') throw new Error(why);
  t.skip(why);
  return false;
}
