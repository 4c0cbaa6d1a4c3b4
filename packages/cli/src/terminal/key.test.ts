/** Servers that ask for a key: what send, tail and join without a terminal say and do. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Account, ended } from './testing/program.ts';
import { Server } from './testing/server.ts';

const TIMEOUT = { timeout: 60_000 };
const WANTS_KEY =
  /^palabre: tcp:\/\/127\.0\.0\.1:\d+ lets in only those with the right key: --key-file FILE or the variable PALABRE_KEY says it\n$/;

function fileWith(t: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-key-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'key');
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

test(
  'send: without the key one line that says what to do, status 1; with it, by file or variable, it is said',
  TIMEOUT,
  async (t) => {
    const file = fileWith(t, 'open; sesame\r\nand more\n');
    await using server = await Server.start('--password-file', file);
    using account = new Account();
    const args = ['send', '--server', server.address, '--as', 'ana'];
    for (const wrong of [[], ['--key-file', fileWith(t, 'guess')]]) {
      const { status, stderr } = await account.run([...args, ...wrong, 'hello']);
      assert.equal(status, 1);
      assert.match(stderr, WANTS_KEY);
    }
    assert.deepEqual(await account.run([...args, '--key-file', file, 'by file']), {
      ...{ status: 0, stdout: '', stderr: '' },
    });
    const child = account.start([...args, 'by variable'], { PALABRE_KEY: 'open; sesame' });
    assert.equal((await ended(child)).status, 0);
  },
);

test('tail and join without a terminal say it likewise', TIMEOUT, async (t) => {
  await using server = await Server.start('--password-file', fileWith(t, 'open sesame\n'));
  using account = new Account();
  for (const args of [
    ['tail', '--server', server.address],
    ['join', server.address, '--as', 'ana'],
  ]) {
    const { status, stderr } = await account.run(args);
    assert.equal(status, 1);
    assert.match(stderr, WANTS_KEY);
  }
});

test('join remembers the token, and not the key', TIMEOUT, async (t) => {
  const file = fileWith(t, 'open sesame\n');
  await using server = await Server.start('--password-file', file);
  using account = new Account();
  const { status, stderr } = await account.run(
    ['join', server.address, '--as', 'ana', '--key-file', file],
    'good evening\n',
  );
  assert.deepEqual([status, stderr], [0, '']);
  assert.doesNotMatch(readFileSync(join(account.state, 'palabre', 'servers.json'), 'utf8'), /sesame/);
});

test('a key file that can not be used: one line, status 2', TIMEOUT, async (t) => {
  using account = new Account();
  for (const [file, why] of [
    ['/no/such/file', /ENOENT/],
    [fileWith(t, '\n'), /first line is empty/],
    [fileWith(t, 'x'.repeat(401)), /too long for a key/],
  ] as const) {
    const { status, stderr } = await account.run(['send', '--key-file', file, 'hello']);
    assert.equal(status, 2);
    assert.match(stderr, why);
    assert.match(stderr, /^error: .+\n$/);
  }
});
