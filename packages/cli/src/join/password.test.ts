/** `palabre join` in a real terminal, where the server asks for a key. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { needs } from '../terminal/testing/needs.ts';
import { Server } from '../terminal/testing/server.ts';
import { Tmux } from '../terminal/testing/tmux.ts';

const TIMEOUT = { timeout: 120_000 };

async function locked(t: TestContext): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-join-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'password');
  writeFileSync(file, 'open sesame\n', { mode: 0o600 });
  return await Server.start('--password-file', file);
}

test('the password is asked for, and not shown; a wrong one is asked for again', TIMEOUT, async (t) => {
  if (!needs(t, 'tmux', 'apt-get install tmux')) return;
  await using server = await locked(t);
  using tmux = new Tmux();
  const ana = tmux.open('ana', ['join', server.address, '--as', 'ana']);
  await ana.sees(/127\.0\.0\.1:\d+ asks for its password/);
  ana.say('guess');
  await ana.sees('that is not the password');
  ana.type('open ses');
  ana.press('Left', 'Up', 'Down', 'Right');
  ana.type('ame');
  assert.deepEqual(ana.cursor, { column: 10, text: 'password:' });
  ana.press('Enter');
  await ana.sees('lobby · online');
  ana.press('Up');
  ana.say('good evening');
  await ana.sees('ana: good evening');
  assert.doesNotMatch(ana.bytes, /sesame|guess/);
});

test('an empty line asks again; Ctrl-C twice gives it up', TIMEOUT, async (t) => {
  if (!needs(t, 'tmux', 'apt-get install tmux')) return;
  await using server = await locked(t);
  using tmux = new Tmux();
  const ana = tmux.open('ana', ['join', server.address, '--as', 'ana']);
  await ana.sees('asks for its password');
  ana.press('Enter');
  await ana.sees('asks for its password');
  ana.press('C-c');
  await ana.sees('Ctrl-C once more leaves');
  ana.press('C-c');
  await ana.sees('ended with 0');
});
