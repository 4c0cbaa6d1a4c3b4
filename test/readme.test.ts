/** The README's talk, run as it stands: two netcats, every line typed and every line seen. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { type RunningServer, startServer } from '@palabre/server';
import { needs } from './needs.ts';

const README = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
const DEADLINE_MS = 20_000;

/** One person's terminal: a netcat. */
class Terminal {
  readonly #nc: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor({ tcp }: RunningServer) {
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
    assert.equal(line.value, expected);
  }

  interrupt(): void {
    this.#nc.kill('SIGINT');
  }
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

test('the talk in the README happens as it is written', async (t) => {
  if (!needs(t, 'nc', 'apt-get install netcat-openbsd')) return;
  const [, talk = ''] = /```\nana +│ bo\n(.*?)```/s.exec(README) ?? [];
  const rows = talk
    .split('\n')
    .slice(0, -1)
    .map((row) => row.split('│').map((cell) => cell.trim()));
  assert.ok(rows.length > 20, 'there is a talk');
  const server = await startServer({
    tcp: { host: '127.0.0.1', port: 0 },
    data: 'none',
    rate: 20,
    maxConnections: 10,
  });
  after(() => server.stop());
  let ana: Terminal | undefined;
  let bo: Terminal | undefined;
  for (const [left = '', right = ''] of rows) {
    ana = await play(left, ana, server);
    bo = await play(right, bo, server);
  }
  ana?.interrupt();
});

test('every word is in it', () => {
  const [, talk = ''] = /```\nana +│ bo\n(.*?)```/s.exec(README) ?? [];
  for (const word of ['WHO', 'IAM', 'ERR', 'TKN', 'ARR', 'MSG', 'PRV', 'BYE', 'LFT'])
    assert.match(talk, new RegExp(`\\b${word} ?`));
});
