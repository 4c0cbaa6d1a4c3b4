/** What `palabre serve` writes to standard error, and that the chat goes on where it can't. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { needs } from '../terminal/testing/needs.ts';
import { MAIN, serve } from '../testing/palabre.ts';

const FLAGS = ['--tcp', '127.0.0.1:0', '--http', 'off', '--admin-http', 'off', '--data', 'none'];

/** Somebody comes, talks and leaves: the chat is up. */
async function talk(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.end('IAM ana\nWHO\nBYE\n');
  assert.equal(await text(socket), 'WHO\nARR ana\nWHO ana\nLFT ana\n');
}

test('a line an event, as JSON; nothing of it on stdout', async () => {
  await using server = await serve('--log-level', 'debug');
  await talk(server.port);
  const rest = text(server.process.stdout);
  const events: Record<string, unknown>[] = [];
  for await (const line of createInterface(server.process.stderr)) {
    events.push(JSON.parse(line));
    if (events.at(-1)?.msg === 'connection closed') server.process.kill('SIGTERM');
  }
  for (const { level, time, msg } of events) {
    assert.match(String(level), /^(debug|info)$/);
    assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(msg);
  }
  assert.equal(events[1]?.port, server.port);
  assert.deepEqual(
    events.map(({ msg }) => msg),
    [
      ...['started', 'listening', 'connection opened', 'member entered', 'member left'],
      ...['connection closed', 'draining', 'stopped'],
    ],
  );
  assert.doesNotMatch(server.greeting + (await rest), /"level"/);
});

test('silent: nothing', async () => {
  await using server = await serve('--log-level', 'silent');
  const told = text(server.process.stderr);
  server.process.kill('SIGTERM');
  assert.equal(await told, '');
});

test('to a terminal: a form to read', async (t) => {
  if (process.platform !== 'linux') return t.skip('script has other flags here: run this test on Linux');
  if (!needs(t, 'script', 'apt-get install bsdutils')) return;
  const command = [process.execPath, MAIN, 'serve', ...FLAGS].join(' ');
  // Standard output goes elsewhere: what is left on the terminal is the log.
  const child = spawn('script', ['-qec', `${command} > /dev/null & read _; kill $!; wait $!`, '/dev/null']);
  let shown = '';
  for await (const chunk of child.stdout) {
    shown += chunk;
    if (shown.includes('listening')) child.stdin.end('\n');
  }
  assert.match(shown, /\[\d\d:\d\d:\d\d\] \S*INFO\S*: \S*started/);
  assert.match(shown, /stopped/);
  assert.doesNotMatch(shown, /"level"/);
});

/** A pipe that is full and that nobody reads; what is written to it waits, or is refused for now (`nonBlocking`). */
function fullPipe(t: TestContext, nonBlocking: boolean): number {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-log-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'pipe');
  execFileSync('mkfifo', [path]);
  const filler = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  t.after(() => closeSync(filler));
  try {
    for (;;) writeSync(filler, Buffer.alloc(1));
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error && error.code === 'EAGAIN');
  }
  return openSync(path, nonBlocking ? constants.O_WRONLY | constants.O_NONBLOCK : constants.O_WRONLY);
}

const UNWRITABLE: Readonly<Record<string, (t: TestContext) => number | 'pipe' | undefined>> = {
  'a pipe that nobody reads, full': (t) => fullPipe(t, false),
  'the same, that refuses at once': (t) => fullPipe(t, true),
  'a pipe whose reader is gone': () => 'pipe',
  'a disk that is full': () => (existsSync('/dev/full') ? openSync('/dev/full', 'w') : undefined),
};

for (const [name, open] of Object.entries(UNWRITABLE)) {
  test(`stderr is ${name}: the chat goes on, and the server stops cleanly`, async (t) => {
    if (process.platform === 'win32') return t.skip('pipes are others here');
    const stderr = open(t);
    if (stderr === undefined) return t.skip('there is no /dev/full here: run this test on Linux');
    const child = spawn(process.execPath, [MAIN, 'serve', ...FLAGS, '--log-level', 'debug'], {
      stdio: ['ignore', 'pipe', stderr],
    });
    t.after(() => child.kill('SIGKILL'));
    child.stderr?.destroy();
    assert.ok(child.stdout);
    if (typeof stderr === 'number') closeSync(stderr);
    let greeting = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      greeting += chunk;
      if (greeting.includes('Ctrl-C')) break;
    }
    const port = Number(/listens on [\d.]+:(\d+)/.exec(greeting)?.[1]);
    for (let i = 0; i < 20; i++) await talk(port);
    child.kill('SIGTERM');
    const [status] = await once(child, 'exit');
    assert.equal(status, 0);
  });
}

test('stderr is closed: the same', async (t) => {
  if (process.platform === 'win32') return t.skip('there is no sh here');
  const child = spawn('sh', ['-c', 'exec "$@" 2>&-', 'sh', process.execPath, MAIN, 'serve', ...FLAGS]);
  t.after(() => child.kill('SIGKILL'));
  let greeting = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    greeting += chunk;
    if (greeting.includes('Ctrl-C')) break;
  }
  await talk(Number(/listens on [\d.]+:(\d+)/.exec(greeting)?.[1]));
  child.kill('SIGTERM');
  const [status] = await once(child, 'exit');
  assert.equal(status, 0);
});
