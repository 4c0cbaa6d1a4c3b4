import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lobby, temporary } from './samples.ts';
import { openJournal } from './sqlite.ts';

interface Speaker {
  readonly process: ChildProcess;
  /** What it has said so far; goes on being read until it is dead. */
  readonly lines: { readonly kept: number[]; readonly lost: number[] };
  /** Resolves when `lines` has what is waited for. */
  until(done: () => boolean): Promise<void>;
  kill(): Promise<void>;
}

/** Starts speaker.ts; `limit`: the most KiB a file of its may have. */
function speaker(t: TestContext, directory: string, batch: number, limit = 'unlimited'): Speaker {
  const program = fileURLToPath(new URL('./speaker.ts', import.meta.url));
  const script = `ulimit -S -f ${limit}; exec "$@"`;
  const child = spawn('bash', ['-c', script, 'bash', process.execPath, program, directory, `${batch}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const lines = { kept: [] as number[], lost: [] as number[] };
  const reader = createInterface({ input: child.stdout });
  const read = once(reader, 'close');
  reader.on('line', (line) => {
    const [what, id] = line.split(' ');
    lines[what === 'kept' ? 'kept' : 'lost'].push(Number(id));
  });
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) await Promise.race([once(reader, 'line'), read.then(() => assert.fail('it has ended'))]);
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await read;
  };
  return { process: child, lines, until, kill };
}

/** The ids in the journal, which can be opened at once after whoever had it was killed. */
async function idsIn(directory: string): Promise<{ ids: number[]; lastId: number }> {
  const { journal, restored } = await openJournal(directory);
  const { messages } = await journal.history({ ...lobby, limit: 1_000_000 });
  const searched = await journal.history({ ...lobby, limit: 1_000_000, find: 'some words' });
  assert.deepEqual(searched.messages, messages);
  await journal.close();
  return { ids: messages.map(({ id }) => id), lastId: restored.lastId };
}

for (const [batch, moments] of [
  [1, [1, 40, 333]],
  [7, [3, 90]],
  [500, [1, 20, 61]],
] as const) {
  test(`8.1 kill -9 loses nothing that was kept, and no half of a batch of ${batch}`, async (t) => {
    const directory = temporary(t);
    for (const moment of moments) {
      const { lines, until, kill } = speaker(t, directory, batch);
      await until(() => lines.kept.length >= moment);
      await kill();
      const { ids, lastId } = await idsIn(directory);
      assert.deepEqual(
        ids,
        Array.from({ length: lastId }, (_, i) => i + 1),
      );
      assert.equal(lastId % batch, 0);
      assert.ok(lastId >= (lines.kept.at(-1) ?? 0));
      assert.deepEqual(lines.lost, []);
    }
  });
}

const noPrlimit = await promisify(execFile)('prlimit', ['--version']).then(
  () => false,
  () => 'there is no prlimit(1) here',
);

for (const batch of [1, 50]) {
  test(`7 a disk that is full: nothing is half kept, and once there is room all goes on, ${batch} at a time`, {
    skip: noPrlimit,
  }, async (t) => {
    const directory = temporary(t);
    const { process, lines, until, kill } = speaker(t, directory, batch, '512');
    await until(() => lines.kept.length > 0 && lines.lost.length > 20);
    const before = lines.kept.length;
    await promisify(execFile)('prlimit', ['--pid', `${process.pid}`, '--fsize=unlimited:']);
    await until(() => lines.kept.length > before + 20);
    await kill();
    const { ids } = await idsIn(directory);
    const isKept = new Set(ids);
    assert.deepEqual(
      lines.kept.flatMap((last) => wholeBatch(last, batch)).filter((id) => !isKept.has(id)),
      [],
    );
    assert.deepEqual(
      lines.lost.flatMap((last) => wholeBatch(last, batch)).filter((id) => isKept.has(id)),
      [],
    );
  });
}

function wholeBatch(last: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => last - i);
}
