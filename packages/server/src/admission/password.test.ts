import assert from 'node:assert/strict';
import { chmodSync, rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { NO_EVENT_LOG } from '../event-log.ts';
import { Events } from '../testing/events.ts';
import { passwordFile } from '../testing/passwords.ts';
import { testServer } from '../testing/peer.ts';
import { CannotUsePassword, Password } from './password.ts';

function password(t: TestContext, content: string | Uint8Array): Password {
  return new Password({ file: passwordFile(t, content).file }, NO_EVENT_LOG);
}

test('the password is the first line, whatever ends it', (t) => {
  for (const content of [
    'open sesame',
    'open sesame\n',
    'open sesame\r\n# of the chat\n',
    '\ufeffopen sesame\n',
  ])
    assert.ok(password(t, content).accepts('open sesame'), JSON.stringify(content));
  assert.ok(password(t, ' spaces belong to it ').accepts(' spaces belong to it '));
});

test('nothing else is accepted, however long', (t) => {
  const open = password(t, 'sesame');
  for (const key of ['', 'sesam', 'sesame ', 'Sesame', 'sesamesesame', 'x'.repeat(1000)])
    assert.ok(!open.accepts(key), key);
});

test('a letter that is written in two ways is one letter', (t) => {
  assert.ok(password(t, 'cl\u00e9').accepts('cle\u0301'));
});

test('1 to 256 bytes of text without control characters; the error says what to do, and not what is there', (t) => {
  assert.ok(password(t, 'x'.repeat(256)).accepts('x'.repeat(256)));
  assert.ok(password(t, `${'é'.repeat(128)}\r\n`).accepts('é'.repeat(128)));
  const wrong: readonly [string | Uint8Array, RegExp][] = [
    ['', /the first line of .*password is empty: write the password there/],
    ['\nsesame', /is empty/],
    ['x'.repeat(257), /is over 256 bytes/],
    [`${'é'.repeat(128)}x\n`, /is over 256 bytes/],
    ['é'.repeat(100_000), /is over 256 bytes/],
    ['ses\tame', /control characters/],
    ['ses\u001b[2Jame', /control characters/],
    [new Uint8Array([0x73, 0xff, 0x0a]), /not text/],
  ];
  for (const [content, why] of wrong)
    assert.throws(
      () => password(t, content),
      (error) => {
        assert.ok(error instanceof CannotUsePassword);
        assert.match(error.message, why);
        assert.doesNotMatch(error.message, /ses|xx|é/);
        return true;
      },
    );
});

test('a file that is not there: the server does not start, and the error names the flag', async () => {
  await assert.rejects(testServer({ password: { file: '/' } }), /\/ can't be read \(EISDIR\)/);
  await assert.rejects(testServer({ password: { file: '/no/such/password' } }), (error) => {
    assert.ok(error instanceof CannotUsePassword);
    assert.match(error.message, /\/no\/such\/password can't be read \(ENOENT\): .*--password-file/);
    return true;
  });
});

test('a file that others may read is warned of, at the start and when it changes', async (t) => {
  if (process.platform === 'win32') return t.skip('files of Windows have no such mode');
  const { file, write } = passwordFile(t, 'sesame');
  chmodSync(file, 0o640);
  const events = new Events();
  const password = new Password({ file, lookMs: 20 }, events);
  t.after(() => password.close());
  await events.told(/warn.*others than its owner/);
  password.follow();
  await write('another', events.told(/warn.*others than its owner/));
});

test('a new password is taken up; what is none is told of, and the old one stays', async (t) => {
  const { file, write } = passwordFile(t, 'first');
  const events = new Events();
  const password = new Password({ file, lookMs: 20 }, events);
  t.after(() => password.close());
  password.follow();
  await write('', events.told(/warn.*is empty.*stays as it was/));
  assert.ok(password.accepts('first'));
  await write('second', events.told(/info.*taken up again/));
  assert.ok(password.accepts('second') && !password.accepts('first'));
  rmSync(file);
  await events.told(/warn.*ENOENT.*stays as it was/);
  assert.ok(password.accepts('second'));
  await write('third', events.told(/info.*taken up again/));
  assert.ok(password.accepts('third'));
  assert.doesNotMatch(events.lines.join('\n'), /first|second|third/);
});
