import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '@palabre/server';
import { catalogue } from './catalogue.ts';
import type { Outcome } from './check.ts';
import { run } from './run.ts';

/** So long that only a line that never comes is late. */
const TIMEOUT_MS = 10_000;

test('Palabre itself: every check holds, those of the page and its own', async () => {
  const server = await startServer({
    tcp: { host: '127.0.0.1', port: 0 },
    data: 'none',
    rate: 'off',
    maxConnections: 10_000,
  });
  const not: Outcome[] = [];
  try {
    for await (const outcome of run(catalogue, { address: server.tcp, timeoutMs: TIMEOUT_MS }))
      if (outcome.result !== 'holds') not.push(outcome);
  } finally {
    await server.stop();
  }
  assert.deepEqual(not, []);
});
