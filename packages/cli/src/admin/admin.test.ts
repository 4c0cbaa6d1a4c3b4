/** `palabre admin` as its user runs it, with a server and people over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { type Ended, palabre, type Served, serve } from '../testing/palabre.ts';

/** Somebody in the chat, line by line. */
class Guest implements Disposable {
  readonly socket: Socket;
  readonly #lines: AsyncIterator<string>;

  constructor({ host, port }: Pick<Served, 'host' | 'port'>) {
    this.socket = connect(port, host);
    this.#lines = createInterface(this.socket)[Symbol.asyncIterator]();
  }

  async hears(...expected: (string | undefined)[]): Promise<void> {
    for (const line of expected) assert.equal((await this.#lines.next()).value, line);
  }

  /** Enters in the extended form; gives the token. */
  async enter(name: string): Promise<string> {
    this.socket.write(`EXT\nIAM ${name}\n`);
    for (;;) {
      const { value } = await this.#lines.next();
      const [, token] = /token=(\S+) ARR/.exec(String(value)) ?? [];
      if (token !== undefined) return token;
    }
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

function directory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'palabre-admin-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function admin(data: string, ...args: readonly string[]): Promise<Ended> {
  return palabre(['admin', '--data', data, ...args]);
}

/** Does what is asked, prints this, and nothing else. */
async function does(ended: Promise<Ended>, printed: RegExp): Promise<void> {
  const { status, stdout, stderr } = await ended;
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, printed);
}

/** Does nothing, and says why in one line. */
async function fails(ended: Promise<Ended>, status: number, why: RegExp): Promise<void> {
  const { stdout, stderr, ...rest } = await ended;
  assert.deepEqual([rest.status, stdout], [status, '']);
  assert.match(stderr, /^[^\n]+\n$/);
  assert.match(stderr, why);
}

test('who is there, in a table and as JSON', async (t) => {
  const data = directory(t);
  await using server = await serve('--data', data);
  using ana = new Guest(server);
  await ana.enter('ana');
  using away = new Guest(server);
  await away.enter('日本語');
  away.socket.destroy();
  using stranger = new Guest(server);
  await stranger.hears('WHO');
  for (;;) {
    const { people } = JSON.parse((await admin(data, 'who', '--json')).stdout);
    const [first, second, third] = people;
    if (second.address !== null) continue; // Not lost yet.
    assert.deepEqual([people.length, first.name, first.form, third.name], [3, 'ana', 'extended', null]);
    assert.deepEqual([first.address, first.listener, first.rooms], ['127.0.0.1', 'tcp', []]);
    assert.ok(first.ageMs >= 0 && first.queuedBytes === 0);
    break;
  }
  const { stdout } = await admin(data, 'who');
  const [heading = '', ...rows] = stdout.trimEnd().split('\n');
  assert.match(heading, /^NAME +ADDRESS +BY +FORM +AGE +QUEUED +ROOMS$/);
  assert.match(rows[0] ?? '', /^ana +127\.0\.0\.1 +tcp +extended +\d+s +0 B$/);
  assert.match(rows[1] ?? '', /^日本語 +\(away\) +- +- +- +-$/);
  assert.match(rows[2] ?? '', /^- +127\.0\.0\.1 +tcp +plain +\d+s +0 B$/);
});

test('kick, ban, unban, bans, say, stats', async (t) => {
  const data = directory(t);
  await using server = await serve('--data', data);
  using ana = new Guest(server);
  ana.socket.write('IAM ana\n');
  await ana.hears('WHO', 'ARR ana');
  await does(admin(data, 'say', 'back', 'in', 'five'), /^Said, and kept\.\n$/);
  await ana.hears('MSG server back in five');
  await does(
    admin(data, 'kick', 'ANA', '--reason', 'a test'),
    /^ANA has been sent away, with 1 connection\.\n$/,
  );
  await ana.hears('LFT ana', undefined);
  await fails(admin(data, 'kick', 'ana'), 1, /nobody here is called ana/);
  await does(
    admin(data, 'ban', '--name', 'ana', '--for', '7d', '--reason', 'spam'),
    /^name ana is banned for 7d; 0 conn/,
  );
  await does(
    admin(data, 'ban', '--address', '2001:db8::1/32'),
    /^2001:db8::\/32 is banned for good; 0 connections/,
  );
  await does(
    admin(data, 'bans'),
    /^WHO +SINCE +UNTIL +REASON\nname ana .* spam\n2001:db8::\/32 .* for good\n$/,
  );
  const { bans } = JSON.parse((await admin(data, '--json', 'bans')).stdout);
  assert.equal(bans[0].until - bans[0].since, 7 * 86_400_000);
  using again = new Guest(server);
  again.socket.write('IAM ana\n');
  await again.hears('WHO', 'ERR ana', undefined);
  await does(admin(data, 'unban', '--name', 'Ana'), /^Ana is not banned any more\.\n$/);
  await fails(admin(data, 'unban', '--name', 'Ana'), 1, /there is no ban of Ana/);
  await does(admin(data, 'unban', '--address', '2001:db8::/32'), /^2001:db8::\/32 is not/);
  await does(admin(data, 'bans'), /^Nobody is banned\.\n$/);
  await does(
    admin(data, 'stats'),
    /^up .*\nconnections +\d.*\nmembers +0.*\nrooms +0\nmessages +1 .*\nmemory .*\njournal .* in order\n$/,
  );
});

test('a ban, and that a token is dead, outlive a kill', async (t) => {
  const data = directory(t);
  const first = await serve('--data', data);
  using ana = new Guest(first);
  const token = await ana.enter('ana');
  await does(admin(data, 'ban', '--name', 'bo'), /banned/);
  await does(admin(data, 'kick', 'ana'), /sent away/);
  await first[Symbol.asyncDispose]();
  await using server = await serve('--data', data); // In place of the socket that the first one has left.
  await does(admin(data, 'bans'), /name bo/);
  using bo = new Guest(server);
  bo.socket.write('IAM bo\n');
  await bo.hears('WHO', 'ERR bo', undefined);
  using back = new Guest(server);
  back.socket.write(`@token=${token} IAM other\n`);
  await back.hears('WHO', 'ARR other');
});

test('drain ends the server and waits until it has; the socket is gone then', async (t) => {
  const data = directory(t);
  await using server = await serve('--data', data);
  const closed = once(server.process, 'close');
  using ana = new Guest(server);
  await ana.enter('ana');
  await does(admin(data, 'drain'), /^The server ends: 1 connection, at most 10 s\.\n$/);
  assert.deepEqual(await closed, [0, null]);
  await fails(admin(data, 'who'), 1, /^palabre: no server runs with its data in .*--data DIR/);
});

test('no server, no directory, none at all: one line, exit status 1', async (t) => {
  const data = directory(t);
  await fails(admin(data, 'stats'), 1, /^palabre: no server runs/);
  await fails(admin(join(data, 'nowhere'), 'stats'), 1, /^palabre: no server runs/);
  await fails(admin('none', 'stats'), 1, /^palabre: no server runs/);
});

const WRONG: readonly (readonly string[])[] = [
  ['admin', 'shout'],
  ['admin', 'kick'],
  ['admin', 'kick', 'a b'],
  ['admin', 'ban'],
  ['admin', 'ban', '--name', '@x'],
  ['admin', 'ban', '--name', 'x', '--address', '192.0.2.1'],
  ['admin', 'ban', '--address', '192.0.2.0/33'],
  ['admin', 'ban', '--address', 'example.org'],
  ['admin', 'ban', '--name', 'x', '--for', 'ever'],
  ['admin', 'unban'],
  ['admin', 'say'],
  ['admin', 'who', 'more'],
  ['invite', '--for', 'ever'],
  ['invite', '--url', 'chat.example.org'],
  ['invite', '--room', 'a b'],
];
for (const args of WRONG) {
  test(`palabre ${args.join(' ')}: one line on stderr, exit status 2`, async () => {
    await fails(palabre(args), 2, /^error: .+/);
  });
}
