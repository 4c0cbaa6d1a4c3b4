/** Upgrade in place, at a small size. Full size: `node packages/cli/src/upgrade/full.ts`. */
import { test } from 'node:test';
import { upgrade } from './run.ts';

test('8.3 the server is replaced twice while 100 talk: nothing lost or doubled, and nobody sees anybody come or go', async (t) => {
  const found = await upgrade({ members: 100, clients: 5, rate: 200, upgrades: 2 });
  t.diagnostic(JSON.stringify(found));
});
