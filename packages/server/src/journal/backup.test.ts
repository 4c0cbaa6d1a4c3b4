import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { backupJournal } from './backup.ts';
import { journalPath } from './directory.ts';
import { CannotWrite } from './draft.ts';
import { DataUnusable } from './errors.ts';
import { kept, said, temporary } from './samples.ts';
import { openJournal } from './sqlite.ts';

/** A directory with a journal of `count` messages, that no server has. */
async function journalOf(directory: string, count: number): Promise<string> {
  const { journal } = await openJournal(directory);
  await kept(
    journal,
    Array.from({ length: count }, (_, i) => said(i + 1)),
  );
  await journal.close();
  return directory;
}

function idsIn(file: string): number[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare('SELECT id FROM messages ORDER BY id').all();
  db.close();
  return rows.map(({ id }) => Number(id));
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

test('a copy of what no server writes to: all of it, one file, for nobody but its owner', async (t) => {
  const place = temporary(t);
  const directory = await journalOf(join(place, 'data'), 200);
  const before = readFileSync(journalPath(directory));
  const file = join(place, 'copy.db');
  const done: number[] = [];
  const copied = await backupJournal({
    directory,
    file,
    overwrite: false,
    onProgress: (share) => done.push(share),
  });
  assert.deepEqual(copied, { messages: 200, bytes: statSync(file).size });
  assert.ok(done.every((share) => share >= 0 && share <= 1));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(place).sort(), ['copy.db', 'data']);
  // A copy in a directory where nothing can be written can be read.
  chmodSync(place, 0o500);
  assert.deepEqual(idsIn(file), upTo(200));
  chmodSync(place, 0o700);
  assert.deepEqual(readFileSync(journalPath(directory)), before);
});

test('a copy while another process commits without a pause: what was kept before is in it, and it comes to an end', async (t) => {
  const place = temporary(t);
  const directory = join(place, 'data');
  const program = fileURLToPath(new URL('./speaker.ts', import.meta.url));
  const speaker = spawn(process.execPath, [program, directory, '20'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => speaker.kill('SIGKILL'));
  let kept = 0;
  const lines = createInterface({ input: speaker.stdout });
  lines.on('line', (line) => {
    kept = Number(line.split(' ')[1]);
  });
  for (let copies = 0; copies < 5; copies++) {
    const target = kept + 4_000;
    while (kept < target) await once(lines, 'line');
    const before = kept;
    const file = join(place, `${copies}.db`);
    const { messages } = await backupJournal({ directory, file, overwrite: false });
    assert.ok(messages >= before, `${messages} of ${before}`);
    assert.equal(messages % 20, 0, 'half of a commit');
    assert.deepEqual(idsIn(file), upTo(messages));
    const after = kept;
    while (kept === after) await once(lines, 'line'); // It has not been stopped.
  }
});

test('a file that exists is left alone, unless it may be overwritten', async (t) => {
  const place = temporary(t);
  const directory = await journalOf(join(place, 'data'), 3);
  const file = join(place, 'copy.db');
  writeFileSync(file, 'mine');
  await assert.rejects(backupJournal({ directory, file, overwrite: false }), CannotWrite);
  assert.equal(readFileSync(file, 'utf8'), 'mine');
  await backupJournal({ directory, file, overwrite: true });
  assert.deepEqual(idsIn(file), upTo(3));
});

test('one that is interrupted, or can not be written, leaves no file', async (t) => {
  const place = temporary(t);
  const directory = await journalOf(join(place, 'data'), 60_000);
  const file = join(place, 'copy.db');
  const stop = new AbortController();
  const onProgress = (): void => stop.abort();
  const stopped = backupJournal({ directory, file, overwrite: false, onProgress, signal: stop.signal });
  await assert.rejects(stopped, { name: 'AbortError' });
  const nowhere = backupJournal({ directory, file: join(place, 'no', 'copy.db'), overwrite: false });
  await assert.rejects(nowhere, /cannot be written .* name another place$/);
  assert.deepEqual(readdirSync(place), ['data']);
});

test('a disk that is full: no file, and a line that says so', async (t) => {
  const place = temporary(t);
  const directory = await journalOf(join(place, 'data'), 20_000);
  const file = join(place, 'copy.db');
  const program = `
    const { backupJournal } = await import(${JSON.stringify(new URL('./backup.ts', import.meta.url).href)});
    await backupJournal(${JSON.stringify({ directory, file, overwrite: true })}).catch((error) => console.log(error.message));
  `;
  const limited = spawn(
    'bash',
    [
      '-c',
      'ulimit -f 256; trap "" XFSZ; exec "$@"',
      'bash',
      process.execPath,
      '--input-type=module',
      '-e',
      program,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface({ input: limited.stdout }), 'line');
  assert.match(line, /cannot be copied to .*copy\.db \(.*(full|I\/O).*\)$/);
  await once(limited, 'close');
  assert.deepEqual(readdirSync(place), ['data']);
});

test('no journal, one of something else, and one that is damaged are told apart', async (t) => {
  const place = temporary(t);
  const file = join(place, 'copy.db');
  const copy = (directory: string) => backupJournal({ directory, file, overwrite: false });
  await assert.rejects(copy(join(place, 'none')), /there is no journal in .*--data/);
  const theirs = temporary(t);
  new DatabaseSync(journalPath(theirs)).exec('CREATE TABLE theirs (a)');
  await assert.rejects(
    copy(theirs),
    (error) => error instanceof DataUnusable && /no journal of/.test(error.message),
  );
  const damaged = await journalOf(join(place, 'damaged'), 5_000);
  const bytes = readFileSync(journalPath(damaged));
  bytes.fill(0x5a, 4096 * 20, 4096 * 40);
  writeFileSync(journalPath(damaged), bytes);
  await assert.rejects(copy(damaged), /damaged.*restore an earlier backup|cannot be copied/);
  assert.ok(!existsSync(file));
});
