import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveCommand } from './command.ts';
import { type Ways, whereToListen } from './where-to-listen.ts';

/** Where `palabre serve` with these flags and variables listens. */
function listens(flags: readonly string[], env: Readonly<Record<string, string>> = {}): string[] {
  Object.assign(process.env, env);
  try {
    const command = serveCommand().action(() => {});
    command.parse(flags, { from: 'user' });
    const { tcp, tls, http } = whereToListen(command, command.opts<Ways & { public?: true }>());
    return [tcp, tls, http].map((way) => (way === 'off' ? way : `${way.host}:${way.port}`));
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
}

const LOOPBACK = ['127.0.0.1:7070', '127.0.0.1:7072', '127.0.0.1:7071'];
const EVERYWHERE = ['0.0.0.0:7070', '0.0.0.0:7072', '0.0.0.0:7071'];

test('this machine alone, unless --public', () => {
  assert.deepEqual(listens([]), LOOPBACK);
  assert.deepEqual(listens(['--public']), EVERYWHERE);
  assert.deepEqual(listens([], { PALABRE_PUBLIC: 'on' }), EVERYWHERE);
});

test('an address that is said counts, by a flag or a variable', () => {
  assert.deepEqual(listens(['--public', '--tcp', '127.0.0.1:7070', '--http', 'off']), [
    '127.0.0.1:7070',
    '0.0.0.0:7072',
    'off',
  ]);
  assert.deepEqual(listens(['--public'], { PALABRE_TLS: '[::1]:7000' }), [
    '0.0.0.0:7070',
    '::1:7000',
    '0.0.0.0:7071',
  ]);
});
