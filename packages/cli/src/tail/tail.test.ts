import assert from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { type Chat, connect } from '@palabre/client';
import { hostileServer } from '../terminal/testing/hostile.ts';
import { nineWordsServer } from '../terminal/testing/nine-words.ts';
import { Account, PALABRE } from '../terminal/testing/program.ts';
import { Server } from '../terminal/testing/server.ts';
import { unreadableServer } from '../terminal/testing/unreadable.ts';

const TIMEOUT = { timeout: 120_000 };

/** What it prints, line by line. */
function linesOf(child: ChildProcessWithoutNullStreams): { take: (count: number) => Promise<string[]> } {
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async take(count) {
      const taken: string[] = [];
      while (taken.length < count) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`it has ended after ${taken.join('\n')}`);
        taken.push(value);
      }
      return taken;
    },
  };
}

/** Waits until somebody else is there. */
async function arrival(chat: Chat): Promise<void> {
  for await (const event of chat) if (event.type === 'arrived') return;
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<unknown> {
  child.kill('SIGINT');
  const [status] = await once(child, 'close');
  return status;
}

test(
  'what is said, in words and as JSON, private lines too; stopped it has said good-bye',
  TIMEOUT,
  async () => {
    await using server = await Server.start();
    using account = new Account();
    await using chat = await connect(server.address, { name: 'zoe' });
    const plain = account.start(['tail', '--server', server.address]);
    await arrival(chat);
    const json = account.start(['tail', '--server', server.address, '--as', 'logger', '--json']);
    await arrival(chat);
    const { id, at } = await chat.say('l\u2019été 👨‍👩‍👧');
    await chat.whisper('logger', 'psst');
    await chat.say('last');
    const [first, second, third] = (await linesOf(json).take(3)).map((line) => JSON.parse(line));
    assert.deepEqual(Object.keys(first), ['id', 'at', 'room', 'from', 'to', 'text', 'kind']);
    assert.deepEqual(first, {
      id,
      at,
      room: null,
      from: 'zoe',
      to: null,
      text: 'l\u2019été 👨‍👩‍👧',
      kind: 'message',
    });
    assert.deepEqual([second.to, second.kind, second.text], ['logger', 'private', 'psst']);
    assert.equal(third.text, 'last');
    const time = new Date(at ?? 0).toISOString().slice(0, 19).replace('T', ' ');
    const [said] = await linesOf(plain).take(1);
    assert.equal(said, `${time} zoe: l\u2019été 👨‍👩‍👧`);
    assert.deepEqual([await stop(plain), await stop(json)], [0, 0]);
    assert.deepEqual(await chat.who(), ['zoe']);
    await chat.close();
  },
);

test('--since: from an id, from a time, everything; then what comes', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using chat = await connect(server.address, { name: 'zoe' });
  const all = Array.from({ length: 1200 }, (_, n) => String(n + 1));
  await account.run(['send', '--server', server.address, '--as', 'ana'], all.join('\n'));
  const { messages } = await chat.history({ limit: 100 });
  const followed = async (since: string, count: number): Promise<string[]> => {
    const child = account.start(['tail', '--server', server.address, '--json', '--since', since]);
    const lines = linesOf(child);
    const before = await lines.take(count);
    await chat.say('after');
    const [after = ''] = await lines.take(1);
    assert.equal(JSON.parse(after).text, 'after');
    assert.equal(await stop(child), 0);
    return before.map((line) => JSON.parse(line).text);
  };
  assert.deepEqual(await followed('0', 1200), all);
  assert.deepEqual(await followed(String(messages[0]?.id), 100), [...all.slice(1101), 'after']);
  assert.deepEqual((await followed('1h', 1202)).slice(0, 1200), all);
});

test('what the server could not read is asked for again: no line is left out', TIMEOUT, async () => {
  let failures = 2;
  await using server = await unreadableServer((after) => after !== 2 || failures-- <= 0);
  using account = new Account();
  const child = account.start(['tail', '--server', server.address, '--as', 'ana', '--since', '0', '--json']);
  const lines = await linesOf(child).take(5);
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).text),
    ['line 1', 'line 2', 'line 3', 'line 4', 'line 5'],
  );
  assert.equal(await stop(child), 0);
});

test('what the server can not read for long ends it: one line, status 1', TIMEOUT, async () => {
  await using server = await unreadableServer((after) => after !== 2);
  using account = new Account();
  const { status, stdout, stderr } = await account.run([
    ...['tail', '--server', server.address, '--as', 'ana'],
    ...['--since', '0', '--json'],
  ]);
  assert.match(stdout, /^.+line 1.+\n.+line 2.+\n$/);
  assert.match(stderr, /^palabre: the server can't read what was said before: .+\n$/);
  assert.equal(status, 1);
});

test('--room: that room alone', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using chat = await connect(server.address, { name: 'zoe' });
  const dev = chat.room('dev');
  await dev.enter();
  await dev.say('before');
  const child = account.start([
    'tail',
    '--server',
    server.address,
    '--room',
    'DEV',
    '--since',
    '0',
    '--json',
  ]);
  const lines = linesOf(child);
  await lines.take(1);
  await chat.say('in the lobby');
  await dev.say('in the room');
  const [line = ''] = await lines.take(1);
  assert.deepEqual([JSON.parse(line).room, JSON.parse(line).text], ['dev', 'in the room']);
  assert.equal(await stop(child), 0);
});

test('as somebody who is there: no ARR, no LFT, each line once', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using zoe = await connect(server.address, { name: 'zoe' });
  const ana = account.start(['join', server.address, '--as', 'ana']);
  await arrival(zoe);
  await zoe.say('before');
  const shown = createInterface(ana.stdout)[Symbol.asyncIterator]();
  while (!String((await shown.next()).value).includes('zoe: before'));
  const child = account.start(['tail', '--as', 'ana', '--since', '0']);
  const lines = linesOf(child);
  assert.match(String(await lines.take(1)), /zoe: before$/);
  await zoe.say('after');
  assert.match(String(await lines.take(1)), /zoe: after$/);
  assert.equal(await stop(child), 0);
  assert.deepEqual(await zoe.who(), ['zoe', 'ana']);
  ana.stdin.end();
  await once(ana, 'close');
  for await (const event of zoe) {
    assert.notEqual(event.type, 'arrived');
    if (event.type === 'left') break;
  }
});

test(
  'when nobody reads any more it ends, without an error, and without waiting for another line',
  TIMEOUT,
  async (t) => {
    if (process.platform !== 'linux') return t.skip('elsewhere it ends with the next line');
    await using server = await Server.start();
    using account = new Account();
    await account.run(['send', '--server', server.address, '--as', 'ana', 'only this']);
    const script = `"$0" "$1" tail --server ${server.address} --since 0 | head -1; echo "\${PIPESTATUS[@]}"`;
    const run = promisify(execFile);
    const { stdout, stderr } = await run('bash', ['-c', script, process.execPath, PALABRE], {
      env: account.env,
    });
    assert.match(stdout, /ana: only this\n0 0\n$/);
    assert.equal(stderr, '');
  },
);

test('a server that says what drives terminals drives none, in words and as JSON', TIMEOUT, async () => {
  await using server = await hostileServer();
  using account = new Account();
  for (const flags of [[], ['--json']]) {
    const child = account.start(['tail', '--server', server.address, '--as', 'ana', ...flags]);
    let printed = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      printed += String(chunk);
      if (printed.includes('all is well')) break;
    }
    assert.doesNotMatch(printed, /[^\P{Cc}\n]|[\u2028\u2029]/u);
    assert.equal(await stop(child), 0);
  }
});

test('a server of the nine words alone: what is said; no history and no rooms', TIMEOUT, async () => {
  using account = new Account();
  await using server = await nineWordsServer();
  await using chat = await connect(server.address, { name: 'zoe' });
  const child = account.start(['tail', '--server', server.address, '--json']);
  await arrival(chat);
  await chat.say('hello');
  const [line = ''] = await linesOf(child).take(1);
  assert.deepEqual(JSON.parse(line), {
    ...{ id: null, at: null, room: null, from: 'zoe', to: null },
    ...{ text: 'hello', kind: 'message' },
  });
  assert.equal(await stop(child), 0);
  for (const flags of [
    ['--since', '0'],
    ['--room', 'dev'],
  ]) {
    const { status, stderr } = await account.run(['tail', '--server', server.address, ...flags]);
    assert.equal(status, 1);
    assert.match(stderr, /^palabre: this server speaks the nine words alone.*\n$/);
  }
});

test('no server: status 1; wrong usage: status 2; each one line', TIMEOUT, async () => {
  using account = new Account();
  const none = await account.run(['tail', '--server', '127.0.0.1:1']);
  assert.equal(none.status, 1);
  assert.match(none.stderr, /^palabre: nothing listens at tcp:\/\/127\.0\.0\.1:1: .*\n$/);
  for (const args of [['--since', 'yesterday'], ['--room', '#a'], ['more']]) {
    const { status, stderr } = await account.run(['tail', ...args]);
    assert.equal(status, 2);
    assert.match(stderr, /^error: .+\n$/);
  }
});
