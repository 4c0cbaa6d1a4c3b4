/** The operator's socket: whose it is, where it is, and what it makes of bad input. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Admin } from '../testing/admin.ts';
import { Events } from '../testing/events.ts';
import { directory } from '../testing/extended.ts';
import { Peer, testServer } from '../testing/peer.ts';

const socketIn = (data: string): string => join(data, 'admin.sock');

test("it is its owner's alone, whatever the umask and the directory; gone when the server has ended", async (t) => {
  const data = directory(t);
  chmodSync(data, 0o755);
  const umask = process.umask(0);
  t.after(() => process.umask(umask));
  const server = await testServer({ data });
  assert.equal(process.umask(), 0, 'the umask is as it was');
  assert.ok(statSync(socketIn(data)).isSocket());
  assert.equal(statSync(socketIn(data)).mode & 0o777, 0o600);
  await server.stop();
  assert.ok(!existsSync(socketIn(data)));
});

test('what a server that was killed has left is replaced', async (t) => {
  const data = directory(t);
  const left = createServer().listen(socketIn(data));
  await once(left, 'listening');
  t.after(() => left.close());
  const { ino } = lstatSync(socketIn(data));
  await using _ = await testServer({ data });
  assert.notEqual(lstatSync(socketIn(data)).ino, ino);
  await using admin = await Admin.connect(data);
  assert.equal((await admin.ask({ command: 'bans' })).ok, true);
});

test('where there can be none the chat is served all the same, and a notice says so', async (t) => {
  const data = directory(t);
  mkdirSync(socketIn(data));
  writeFileSync(join(socketIn(data), 'in the way'), '');
  const events = new Events();
  await using server = await testServer({ data, events });
  await Peer.enter(server, 'ana');
  await events.told(/^warn .*there is no admin socket.*palabre admin/);
});

test('a path too long for a Unix socket', { skip: process.platform !== 'linux' }, async (t) => {
  const data = join(directory(t), 'a'.repeat(100), 'b'.repeat(100));
  mkdirSync(data, { recursive: true });
  const server = await testServer({ data });
  assert.ok(statSync(socketIn(data)).isSocket());
  {
    await using admin = await Admin.connect(data);
    assert.equal((await admin.ask({ command: 'bans' })).ok, true);
  }
  await server.stop();
  assert.ok(!existsSync(socketIn(data)));
});

async function operator(t: TestContext): Promise<Admin> {
  const data = directory(t);
  const server = await testServer({ data });
  t.after(() => server.stop());
  const admin = await Admin.connect(data);
  t.after(() => admin.socket.destroy());
  return admin;
}

const BAD: readonly (readonly [line: string, error: RegExp])[] = [
  ['', /JSON object on one line/],
  ['hello', /JSON object on one line/],
  ['[]', /JSON object on one line/],
  ['null', /JSON object on one line/],
  ['"who"', /JSON object on one line/],
  ['{}', /there is no command/],
  ['{"command":"__proto__"}', /there is no command "__proto__"/],
  ['{"command":7}', /there is no command 7/],
  ['{"command":"kick"}', /"name" is missing/],
  ['{"command":"kick","name":7}', /"name" is missing, or no string/],
  ['{"command":"kick","name":"a b"}', /"a b" is not a name/],
  ['{"command":"kick","name":"bo","reason":"\\u001b[2J"}', /a reason is text/],
  [`{"command":"kick","name":"bo","reason":"${'x'.repeat(501)}"}`, /a reason is text/],
  ['{"command":"ban"}', /either a "name" or an "address"/],
  ['{"command":"ban","name":"bo","address":"::1"}', /either a "name" or an "address"/],
  ['{"command":"ban","name":"Server"}', /the name of the server itself/],
  ['{"command":"ban","address":"10.0.0.0/99"}', /neither an address nor a network/],
  ['{"command":"ban","name":"bo","forMs":-1}', /"forMs" is not a whole number/],
  ['{"command":"ban","name":"bo","forMs":1e300}', /"forMs" is not a whole number/],
  ['{"command":"ban","name":"bo","forMs":0.5}', /"forMs" is not a whole number/],
  ['{"command":"ban","name":"bo","forMs":"7d"}', /"forMs" is not a whole number/],
  ['{"command":"say","text":""}', /there is no text/],
  ['{"command":"say","text":"a\\nb"}', /that is not text/],
  ['{"command":"say","text":"\\ud800"}', /that is not text/],
  [`{"command":"say","text":"${'é'.repeat(2047)}"}`, /over 4092 bytes/],
  ['{"command":"say","text":"x","room":"#x"}', /"#x" is not a name/],
  ['{"command":"invite"}', /"forMs" is not a whole number/],
  ['{"command":"withdraw","invitation":"x.y"}', /no invitation of this server/],
];
test('bad input is answered, one line each, and the next request heard', async (t) => {
  const admin = await operator(t);
  for (const [line, error] of BAD) {
    const answer = await admin.askLine(line);
    assert.equal(answer.ok, false, line);
    assert.match(answer.error, error);
  }
  admin.socket.write(Buffer.from([0xff, 0xfe, 0x0a]));
  assert.match((await admin.next()).error, /JSON object/);
  assert.match((await admin.askLine('x'.repeat(1_000_000))).error, /too long/);
  assert.equal((await admin.askLine(`{"command":"say","text":"${'é'.repeat(2046)}"}`)).ok, true);
});

test('several requests in one segment are answered in their order; the last without its LF is none', async (t) => {
  const admin = await operator(t);
  admin.socket.end(
    '{"command":"bans"}\n{"command":"shout"}\r\n{"command":"say","text":"hi"}\n{"command":"say"',
  );
  assert.deepEqual(await admin.next(), { ok: true, bans: [] });
  assert.equal((await admin.next()).ok, false);
  assert.deepEqual(await admin.next(), { ok: true });
  assert.equal(await admin.next(), undefined);
});

test('who goes before it is answered, and who does not read, harm nobody', async (t) => {
  const data = directory(t);
  await using server = await testServer({ data });
  const deaf = await Admin.connect(data);
  deaf.socket.pause();
  deaf.socket.write('{"command":"who"}\n'.repeat(100_000));
  for (let i = 0; i < 30; i++) {
    const gone = await Admin.connect(data);
    gone.socket.write('{"command":"stats"}\n{"command":"say","text":"bye"}\n');
    gone.socket.destroy();
  }
  // Of those that have gone some may still be counted: ask until there is room.
  for (let answer: unknown; answer === undefined; ) {
    await using admin = await Admin.connect(data);
    answer = await admin.ask({ command: 'stats' }).catch(() => undefined);
  }
  deaf.socket.destroy();
  await Peer.enter(server, 'ana');
});
