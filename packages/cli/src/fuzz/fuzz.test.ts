/** Whatever is said, the server stays up, honest members are served, and nobody hears what is not for them. Full size: `node packages/cli/src/fuzz/full.ts`. */
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { fuzz } from './run.ts';

const RUNS = [
  { seed: 20_261_122, inputs: 10_000, kept: true, rate: 'off' },
  { seed: randomInt(2 ** 31), inputs: 8000, kept: false, rate: 'off' },
  { seed: 20_261_123, inputs: 2000, kept: true, rate: 20 },
] as const;

for (const run of RUNS) {
  test(`no input stops the server or crosses to where it does not belong: ${JSON.stringify(run)}`, async (t) => {
    const found = await fuzz(run);
    t.diagnostic(JSON.stringify(found));
  });
}
