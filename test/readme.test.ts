/** The README's talk, run as it stands: two netcats, every line typed and every line seen. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
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

test('every word is in the first', () => {
  assert.equal(TALKS.length, 2);
  for (const word of ['WHO', 'IAM', 'ERR', 'TKN', 'ARR', 'MSG', 'PRV', 'BYE', 'LFT']) {
    assert.match(TALKS[0] ?? '', new RegExp(`\\b${word}\\b`));
  }
});
