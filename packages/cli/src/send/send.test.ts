import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { connect } from '@palabre/client';
import { nineWordsServer } from '../terminal/testing/nine-words.ts';
import { Account, ended } from '../terminal/testing/program.ts';
import { Server } from '../terminal/testing/server.ts';

const TIMEOUT = { timeout: 120_000 };

/** Somebody who listens: every message, as `name: text` or `name → name: text`. */
async function listener(address: string, name: string, count: number): Promise<{ texts: Promise<string[]> }> {
  const chat = await connect(address, { name });
  const read = async (): Promise<string[]> => {
    const texts: string[] = [];
    for await (const event of chat) {
      if (event.type !== 'message') continue;
      const whom = event.to === undefined ? event.from : `${event.from} → ${event.to}`;
      texts.push(`${event.cont ? '… ' : ''}${whom}: ${event.text}`);
      if (texts.length === count) break;
    }
    await chat.close();
    await chat.close();
    return texts;
  };
  return { texts: read() };
}

test('TEXT, standard input, to one alone: said in order, kept when it ends', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const heard = await listener(server.address, 'zoe', 6);
  const send = (args: readonly string[], input = '') =>
    account.run(['send', '--server', server.address, '--as', 'ana', ...args], input);
  const silent = { status: 0, stdout: '', stderr: '' };
  assert.deepEqual(await send(['good', 'evening']), silent);
  assert.deepEqual(await send([], 'one\n\ntwo'), silent);
  assert.deepEqual(await send(['a\nb']), silent);
  assert.deepEqual(await send(['--to', 'zoe', 'psst']), silent);
  assert.deepEqual(await heard.texts, [
    ...['ana: good evening', 'ana: one', 'ana: two', 'ana: a', '… ana: b'],
    'ana → zoe: psst',
  ]);
});

test('it comes, speaks and goes: nobody of its name is left behind', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await account.run(['send', '--server', server.address, '--as', 'ana', 'hi']);
  await using chat = await connect(server.address, { name: 'zoe' });
  assert.deepEqual(await chat.who(), ['zoe']);
});

test(
  'nothing to say: nothing is done, and that succeeds, even where there is no server',
  TIMEOUT,
  async () => {
    using account = new Account();
    const { status, stderr } = await account.run(['send', '--server', '127.0.0.1:1'], '');
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal((await account.run(['send', '--server', '127.0.0.1:1'], '\n\n')).status, 0);
    const empty = await account.run(['send', '--server', '127.0.0.1:1', '']);
    assert.deepEqual([empty.status, empty.stderr], [2, 'palabre: there is nothing to say: TEXT is empty\n']);
  },
);

test('a room is entered; what goes to nobody fails', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using chat = await connect(server.address, { name: 'zoe' });
  await chat.room('dev').enter();
  const send = (...args: string[]) =>
    account.run(['send', '--server', server.address, '--as', 'ana', ...args]);
  assert.equal((await send('--room', 'dev', 'hello dev')).status, 0);
  const { messages } = await chat.room('dev').history();
  assert.deepEqual(
    messages.map(({ from, text }) => `${from}: ${text}`),
    ['ana: hello dev'],
  );
  const nobody = await send('--to', 'nobody', 'psst');
  assert.deepEqual([nobody.status, nobody.stderr], [1, 'palabre: nobody of that name is here\n']);
});

test('lines that can not be said are named, the others are said', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const heard = await listener(server.address, 'zoe', 2);
  const bad = Array.from({ length: 8 }, () => 'x\x1b[2Jx\n').join('');
  const { status, stderr } = await account.run(
    ['send', '--server', server.address, '--as', 'ana'],
    `first\n${bad}last\n`,
  );
  assert.equal(status, 1);
  const named = [2, 3, 4, 5, 6].map((n) => `palabre: line ${n}: not text: it holds control characters\n`);
  assert.equal(stderr, `${named.join('')}palabre: 3 others were not said\n`);
  assert.deepEqual(await heard.texts, ['ana: first', 'ana: last']);
});

test('who is in the chat is who speaks: send says it as palabre join', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using zoe = await connect(server.address, { name: 'zoe' });
  const ana = account.start(['join', server.address, '--as', 'ana']);
  const lines = createInterface(ana.stdout)[Symbol.asyncIterator]();
  while (!String((await lines.next()).value).includes('the lobby'));
  assert.deepEqual(await account.run(['send', 'from a script']), { status: 0, stdout: '', stderr: '' });
  while (!String((await lines.next()).value).includes('ana: from a script'));
  assert.deepEqual(await zoe.who(), ['zoe', 'ana']);
  const other = await account.run(['send', '--as', 'zoe', 'not me']);
  assert.equal(other.status, 1);
  assert.match(other.stderr, /^palabre: the name zoe is taken at .*: choose another with --as NAME\n$/);
  ana.stdin.end();
  await once(ana, 'close');
});

test('a restart in between is waited for, at the beginning too', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await server.kill();
  const sending = account.run(['send', '--server', server.address, '--as', 'ana', 'hello']);
  await server.start();
  assert.deepEqual(await sending, { status: 0, stdout: '', stderr: '' });
});

test(
  'no server for too long, or none that can ever be: status 1, and one line that says what to do',
  TIMEOUT,
  async () => {
    using account = new Account();
    const late = await account.run(['send', '--server', '127.0.0.1:1', '--timeout', '0.1', 'hi']);
    assert.equal(late.status, 1);
    assert.match(late.stderr, /^palabre: nothing listens at tcp:\/\/127\.0\.0\.1:1: check the address.*\n$/);
  },
);

test('a server that gives no receipt in time', TIMEOUT, async () => {
  using account = new Account();
  await using server = await nineWordsServer({ answersBye: false });
  const { status, stderr } = await account.run(['send', '--server', server.address, '--as', 'ana', 'hi']);
  assert.equal(status, 1);
  assert.match(stderr, /^palabre: this server gives no receipts, and did not answer the good-bye.*\n$/);
});

test(
  'a server of the nine words alone: the answer to the good-bye shows that all was heard',
  TIMEOUT,
  async () => {
    using account = new Account();
    await using server = await nineWordsServer();
    const { address } = server;
    const heard = await listener(address, 'zoe', 3);
    const send = (args: string[], input = '') =>
      account.run(['send', '--server', address, '--as', 'ana', ...args], input);
    assert.deepEqual(await send([], 'a\nb\nc\n'), { status: 0, stdout: '', stderr: '' });
    assert.deepEqual(await heard.texts, ['ana: a', 'ana: b', 'ana: c']);
    const room = await send(['--room', 'dev', 'hi']);
    assert.deepEqual(
      [room.status, room.stderr],
      [1, 'palabre: this server speaks the nine words alone: it has no rooms, history or search\n'],
    );
    const nobody = await send(['--to', 'nobody', 'hi']);
    assert.equal(nobody.status, 1);
    assert.match(nobody.stderr, /^palabre: .*refused.*\n$/);
  },
);

test('interrupted: it says good-bye, and the status tells', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using zoe = await connect(server.address, { name: 'zoe' });
  const child = account.start(['send', '--server', server.address, '--as', 'ana']);
  const result = ended(child);
  child.stdin.write('first\n');
  for await (const event of zoe) if (event.type === 'message') break;
  child.kill('SIGINT');
  assert.deepEqual(await result, { status: 130, stdout: '', stderr: '' });
  assert.deepEqual(await zoe.who(), ['zoe']);
});

test('wrong usage: status 2', TIMEOUT, async () => {
  using account = new Account();
  const wrong = [
    ['--timeout', '0', 'hi'],
    ['--to', 'bo', '--room', 'dev', 'hi'],
    ['--as', 'two words', 'hi'],
    ['--server', 'https://chat.example.org', 'hi'],
    ['--server', 'irc://chat.example.org', 'hi'],
    ['--nonsense'],
  ];
  for (const args of wrong) {
    const { status, stderr } = await account.run(['send', ...args]);
    assert.deepEqual([args, status], [args, 2]);
    assert.match(stderr, /^error: .+\n$/);
  }
});

test('many lines at once, more than may wait for their receipts', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const heard = await listener(server.address, 'zoe', 5000);
  const all = Array.from({ length: 5000 }, (_, n) => String(n));
  const { status } = await account.run(
    ['send', '--server', server.address, '--as', 'ana'],
    Readable.from(all.map((line) => `${line}\n`)),
  );
  assert.equal(status, 0);
  assert.deepEqual(
    await heard.texts,
    all.map((line) => `ana: ${line}`),
  );
});
