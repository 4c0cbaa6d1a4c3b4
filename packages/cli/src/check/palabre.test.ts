import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer } from '@palabre/server';
import { formatAddress } from '../address.ts';
import { WebBridge } from '../testing/web-bridge.ts';
import { catalogue } from './catalogue.ts';
import type { Outcome } from './check.ts';
import { run } from './run.ts';

/** So long that only a line that never comes is late. */
const TIMEOUT_MS = 10_000;

/** What does not hold of a server of Palabre with this journal; over WebSockets, if there is a bridge to them. */
async function notHolding(
  data: string,
  { Bridge, key, password }: { Bridge?: typeof WebBridge; key?: string; password?: string } = {},
): Promise<Outcome[]> {
  const free = { host: '127.0.0.1', port: 0 };
  const server = await startServer({
    tcp: free,
    http: { address: free, page: undefined, allowOrigins: [] },
    password: password === undefined ? undefined : { file: password },
    data,
    rate: 'off',
    maxConnections: 10_000,
  });
  assert.ok(server.tcp && server.http);
  const bridge = Bridge && new Bridge(`ws://${formatAddress(server.http)}/chat`);
  const address = bridge ? await bridge.start() : server.tcp;
  const not: Outcome[] = [];
  try {
    for await (const outcome of run(catalogue, { address, key, timeoutMs: TIMEOUT_MS }))
      if (outcome.result !== 'holds') not.push(outcome);
  } finally {
    await bridge?.stop();
    await server.stop();
  }
  return not;
}

test('Palabre itself: every check holds, those of the page and its own', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'palabre-check-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  assert.deepEqual(await notHolding(data), []);
});

test('Palabre over WebSockets: all holds but what a WebSocket itself forbids (4.6)', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'palabre-check-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const not = await notHolding(data, { Bridge: WebBridge });
  assert.deepEqual(
    not.map(({ title }) => title),
    [
      'a longer one is discarded up to its LF and answered ERR and one’s own name',
      'before IAM a longer one is answered WHO, once, and the connection lives on',
      'so is a text that is not UTF-8',
    ],
  );
});

test('Palabre that keeps nothing: what concerns history is skipped, and all else holds', async () => {
  const not = await notHolding('none');
  assert.deepEqual(
    not.filter(({ result }) => result !== 'skipped'),
    [],
  );
  const reasons = new Set(not.map(({ reason }) => reason));
  assert.deepEqual(
    [...reasons],
    ['the server keeps nothing: HST finds no line that it has given a receipt for'],
  );
  const history = catalogue.filter(
    ({ rule, title }) => rule === '3.9' || (rule === '3.11' && title.includes('kept')),
  );
  assert.deepEqual(
    not.map(({ title }) => title),
    history.map(({ title }) => title),
  );
});

test('Palabre with a password: all holds for who has the key; who has not is told so, in one reason', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'palabre-check-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const password = join(data, 'password');
  writeFileSync(password, 'open; sesame\n', { mode: 0o600 });
  assert.deepEqual(await notHolding(join(data, 'journal'), { password, key: 'open; sesame' }), []);
  const not = await notHolding('none', { password });
  assert.deepEqual(
    [...new Set(not.map(({ result, reason }) => `${result}: ${reason}`))],
    [
      'unchecked: the server lets in only those with the right key: --key-file FILE or the variable PALABRE_KEY says it',
    ],
  );
});
