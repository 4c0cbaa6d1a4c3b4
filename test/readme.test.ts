/** The README's talks and its program, run as they stand: two netcats, every line typed and every line seen; a bot. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { type RunningServer, startServer } from '@palabre/server';
import { needs } from './needs.ts';

const README = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
const DEADLINE_MS = 20_000;

/** One person's terminal: a netcat. */
class Terminal {
  readonly #nc: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor({ tcp }: RunningServer) {
    assert.ok(tcp);
    this.#nc = spawn('nc', [tcp.host, String(tcp.port)]);
    this.#lines = createInterface(this.#nc.stdout)[Symbol.asyncIterator]();
  }

  type(line: string): void {
    this.#nc.stdin.write(`${line}\n`);
  }

  async sees(expected: string): Promise<void> {
    const late = AbortSignal.timeout(DEADLINE_MS);
    const line = await Promise.race([
      this.#lines.next(),
      new Promise<never>((_, reject) => {
        late.onabort = () => reject(new Error(`the README says that '${expected}' comes; nothing did`));
      }),
    ]);
    assert.equal(steady(String(line.value)), steady(expected));
  }

  interrupt(): void {
    this.#nc.kill('SIGINT');
  }
}

/** A line without what differs from run to run: ids, times, tokens. */
function steady(line: string): string {
  return line.replace(/\b(id|at|token)=[\w.-]+/g, '$1=…');
}

/** What one cell of the talk has a person do or see. */
async function play(
  cell: string,
  terminal: Terminal | undefined,
  server: RunningServer,
): Promise<Terminal | undefined> {
  if (cell === '') return terminal;
  if (cell.startsWith('$ nc ')) {
    terminal?.interrupt();
    return new Terminal(server);
  }
  assert.ok(terminal, `'${cell}' before nc was started`);
  if (cell.startsWith('› ')) terminal.type(cell.slice(2));
  else if (cell === '^C') terminal.interrupt();
  else await terminal.sees(cell);
  return terminal;
}

const TALKS = [...README.matchAll(/```\nana +│ bo\n(.*?)```/gs)].map(([, talk = '']) => talk);

for (const [i, talk] of TALKS.entries()) {
  test(`talk ${i + 1} in the README happens as it is written`, async (t) => {
    if (!needs(t, 'nc', 'apt-get install netcat-openbsd')) return;
    const rows = talk
      .split('\n')
      .slice(0, -1)
      .map((row) => row.split('│').map((cell) => cell.trim()));
    assert.ok(rows.length > 10, 'there is a talk');
    const data = mkdtempSync(join(tmpdir(), 'palabre-readme-'));
    t.after(() => rmSync(data, { recursive: true, force: true }));
    const server = await startServer({
      tcp: { host: '127.0.0.1', port: 0 },
      data,
      rate: 20,
      maxConnections: 10,
    });
    t.after(() => server.stop());
    let ana: Terminal | undefined;
    let bo: Terminal | undefined;
    for (const [left = '', right = ''] of rows) {
      ana = await play(left, ana, server);
      bo = await play(right, bo, server);
    }
    ana?.interrupt();
    bo?.interrupt();
  });
}

/** Somebody at a socket. */
class Person implements Disposable {
  readonly #socket;
  readonly #lines: AsyncIterator<string>;

  constructor({ tcp }: RunningServer) {
    assert.ok(tcp);
    this.#socket = connect(tcp);
    this.#lines = createInterface(this.#socket)[Symbol.asyncIterator]();
  }

  say(...lines: string[]): void {
    this.#socket.write(lines.map((line) => `${line}\n`).join(''));
  }

  async hears(expected: string): Promise<void> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (value === expected) return;
      assert.ok(!done, `the line ended before '${expected}' came`);
    }
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

test('the bot in the README answers whoever is still there', { timeout: DEADLINE_MS }, async (t) => {
  const [, code = ''] = /## From a program\n\n```ts\n(.*?)```/s.exec(README) ?? [];
  const address = 'tcp://127.0.0.1:7070';
  assert.ok(code.includes(address));
  const tcp = { host: '127.0.0.1', port: 0 };
  const server = await startServer({ tcp, data: 'none', rate: 20, maxConnections: 10 });
  t.after(() => server.stop());
  using ana = new Person(server);
  ana.say('IAM ana');
  await ana.hears('ARR ana');
  const here = code.replace(address, `tcp://127.0.0.1:${server.tcp?.port}`);
  const bot = spawn(process.execPath, ['--input-type=module-typescript', '--eval', here], {
    cwd: resolve(import.meta.dirname, '..'),
  });
  t.after(() => bot.kill('SIGKILL'));
  const ended = Promise.all([text(bot.stderr), once(bot, 'exit')]).then(([said, [status]]) =>
    assert.fail(`the bot ended with ${status}: ${said}`),
  );
  const hears = (line: string): Promise<void> => Promise.race([ana.hears(line), ended]);
  await hears('ARR echo');
  using hasty = new Person(server);
  hasty.say('IAM hasty', 'PRV echo hi', 'BYE');
  await hears('LFT hasty');
  ana.say('PRV echo is there anybody?');
  await hears('PRV echo is there anybody?');
});

test('every word is in the first', () => {
  assert.equal(TALKS.length, 2);
  for (const word of ['WHO', 'IAM', 'ERR', 'TKN', 'ARR', 'MSG', 'PRV', 'BYE', 'LFT']) {
    assert.match(TALKS[0] ?? '', new RegExp(`\\b${word}\\b`));
  }
});
