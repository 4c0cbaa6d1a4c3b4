/** `palabre join` where there is no terminal: plain lines in, plain lines out. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { connect } from '@palabre/client';
import { Account, ended } from '../terminal/testing/program.ts';
import { Server } from '../terminal/testing/server.ts';

const TIMEOUT = { timeout: 120_000 };

/** The lines, without day marks, and with one time of day. */
function steady(text: string): string[] {
  const lines = text.split('\n').filter((line) => !/^-- \w+day, /.test(line));
  return lines.map((line) => line.replace(/^\d\d:\d\d(?= )/, '00:00'));
}

test('what is typed is carried out in its order; the end of the input is a good-bye', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using zoe = await connect(server.address, { name: 'zoe' });
  await zoe.say('before');
  const typed = ['hello', '//x', '/join dev', 'in the room', '/who', '/leave', '/search hello', 'back'];
  const { status, stdout, stderr } = await account.run(
    ['join', server.address, '--as', 'ana'],
    typed.join('\n'),
  );
  assert.deepEqual([status, stderr], [0, '']);
  const lines = steady(stdout);
  assert.doesNotMatch(stdout, /[^\P{Cc}\n]/u);
  for (const line of [
    `-- you are ana at tcp://${server.address}; /help`,
    '00:00 zoe: before',
    '00:00 ana: hello',
    '00:00 ana: /x',
    '-- the room dev',
    '00:00 ana: in the room',
    '-- you have left the room dev',
    '00:00 ana: back',
  ])
    assert.ok(lines.includes(line), `${line} is not in\n${stdout}`);
  const { messages } = await zoe.history();
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['before', 'hello', '/x', 'back'],
  );
  assert.deepEqual(await zoe.who(), ['zoe']);
});

test('/quit leaves, whatever comes after it', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const { status } = await account.run(['join', server.address, '--as', 'ana'], 'one\n/quit\ntwo\n');
  assert.equal(status, 0);
  await using zoe = await connect(server.address, { name: 'zoe' });
  assert.deepEqual(
    (await zoe.history()).messages.map(({ text }) => text),
    ['one'],
  );
});

/** What was said, oldest first. */
async function saidAt(address: string): Promise<string[]> {
  await using zoe = await connect(address, { name: 'zoe' });
  assert.deepEqual(await zoe.who(), ['zoe']);
  const texts: string[] = [];
  for (let from = 0, more = true; more; ) {
    const page = await zoe.history({ after: from, limit: 500 });
    texts.push(...page.messages.map(({ text }) => text));
    from = page.messages.at(-1)?.id ?? from;
    more = page.more;
  }
  return texts;
}

test('what takes the server longer than a good-bye waits is said before the good-bye', TIMEOUT, async () => {
  await using server = await Server.start('--rate', '20');
  using account = new Account();
  // 100 at once and 20 a second: 5 s, as long as a good-bye is waited for, would do for 200.
  const all = Array.from({ length: 250 }, (_, n) => String(n + 1));
  const { status, stderr } = await account.run(
    ['join', server.address, '--as', 'ana'],
    `${all.join('\n')}\n`,
  );
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(await saidAt(server.address), all);
});

test('more lines at once than may wait for their receipts', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const all = Array.from({ length: 3000 }, (_, n) => String(n + 1));
  const { status, stderr } = await account.run(['join', server.address, '--as', 'ana'], all.join('\n'));
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(await saidAt(server.address), all);
});

test('as many questions', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const { status, stdout } = await account.run(
    ['join', server.address, '--as', 'ana'],
    '/who\n'.repeat(1500),
  );
  assert.equal(status, 0);
  assert.equal(steady(stdout).filter((line) => line === '-- 1 here: ana').length, 1500);
});

test('what was not said is told, and the status says that something was not', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const { status, stdout, stderr } = await account.run(
    ['join', server.address, '--as', 'ana'],
    `one\n${'x'.repeat(5000)}\n/w nobody psst\n/etc\ntwo\n`,
  );
  assert.equal(status, 1);
  assert.equal(
    stderr,
    'palabre: 3 lines were not said or done, or nobody can tell: what was printed says which\n',
  );
  assert.match(stdout, /^-- not said: x+ \(too long: a line holds 4,096 bytes\)$/m);
  assert.match(stdout, /^-- not said: psst \(nobody of that name is here\)$/m);
  assert.match(stdout, /^-- there is no \/etc: \/help lists what there is; a second \/ says it$/m);
  assert.deepEqual(await saidAt(server.address), ['one', 'two']);
});

test('address, name, room and token are remembered: the next time is one word', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using zoe = await connect(server.address, { name: 'zoe' });
  const first = account.start(['join', server.address, '--as', 'ana', '--room', 'dev']);
  const shown = createInterface(first.stdout)[Symbol.asyncIterator]();
  while (!String((await shown.next()).value).includes('the room dev'));
  const gone = ended(first);
  // The terminal is closed: nobody has said good-bye.
  first.kill('SIGHUP');
  assert.equal((await gone).status, 0);
  const file = join(account.state, 'palabre', 'servers.json');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.match(readFileSync(file, 'utf8'), /"token": ".+"/);
  await zoe.say('missed');

  const again = await account.run(['join'], '/join\n');
  assert.equal(again.status, 0);
  assert.match(
    again.stdout,
    new RegExp(`^-- you are ana at tcp://${server.address}, as before; /help\n-- the room dev\n`),
  );
  assert.ok(steady(again.stdout).includes('00:00 zoe: missed'));
  // After a good-bye there is nothing to come back to.
  assert.doesNotMatch(readFileSync(file, 'utf8'), /token/);
  const third = await account.run(['join'], '');
  assert.match(third.stdout, new RegExp(`^-- you are ana at tcp://${server.address}; /help\n`));
});

test('what can not be remembered is no reason not to talk', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  const child = account.start(['join', server.address, '--as', 'ana'], { XDG_STATE_HOME: '/dev/null/no' });
  child.stdin.end('hello\n');
  const { status, stdout, stderr } = await ended(child);
  assert.equal(status, 0);
  assert.match(stdout, /ana: hello/);
  assert.match(stderr, /^palabre: this visit can't be remembered: .+\n$/);
});

test('no server, a taken name, a wrong scheme: one line that says what to do', TIMEOUT, async () => {
  await using server = await Server.start();
  using account = new Account();
  await using zoe = await connect(server.address, { name: 'zoe' });
  const wrong: readonly [readonly string[], number, RegExp][] = [
    [['127.0.0.1:1'], 1, /^palabre: nothing listens at tcp:\/\/127\.0\.0\.1:1: check the address/],
    [
      [server.address, '--as', zoe.name],
      1,
      /^palabre: the name zoe is taken at .*: choose another with --as NAME\n$/,
    ],
    [['https://chat.example.org'], 2, /^error: .*say it as wss:\/\/chat\.example\.org/],
    [['irc://chat.example.org'], 2, /^error: .*Say HOST:PORT/],
    [[server.address, '--as', '#ana'], 2, /^error: .*without spaces, not beginning with/],
  ];
  for (const [args, status, line] of wrong) {
    const result = await account.run(['join', ...args]);
    assert.deepEqual([args, result.status, result.stdout], [args, status, '']);
    assert.match(result.stderr, line);
    assert.equal(result.stderr.split('\n').length, 2);
  }
});
