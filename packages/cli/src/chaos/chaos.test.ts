/** Exactly once, on bad lines and a server that is killed: ten seeds at a small size. Full size: `node packages/cli/src/chaos/full.ts`. */
import { test } from 'node:test';
import { chaos } from './run.ts';

const SEEDS = 10;
const SMALL = { members: 8, messages: 40, kills: 3 };

for (let seed = 1; seed <= SEEDS; seed++) {
  test(`3.6, 3.7 chaos, seed ${seed}: all have what they are entitled to, once, in one order`, async (t) => {
    const found = await chaos(seed, SMALL);
    t.diagnostic(JSON.stringify(found));
  });
}
