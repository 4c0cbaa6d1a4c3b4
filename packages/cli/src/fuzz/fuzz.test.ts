/** Whatever is said, the server stays up, honest members are served, and nobody hears what is not for them. Full size: `node packages/cli/src/fuzz/full.ts`. */
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { fuzz } from './run.ts';

const RUNS = [
  { seed: 20_261_122, inputs: 9000, kept: true, encrypted: false, rate: 'off' },
  { seed: randomInt(2 ** 31), inputs: 9000, kept: false, encrypted: true, rate: 'off' },
  { seed: 20_261_123, inputs: 2000, kept: true, encrypted: false, rate: 20 },
] as const;

for (const run of RUNS) {
  test(`no input stops the server or crosses to where it does not belong: ${JSON.stringify(run)}`, async (t) => {
    const found = await fuzz(run);
    t.diagnostic(JSON.stringify(found));
  });
}
