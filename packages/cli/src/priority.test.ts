import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect } from '@palabre/client';
import { giveWay } from '@palabre/server';
import { needs } from './terminal/testing/needs.ts';
import { palabre, serveUnder } from './testing/palabre.ts';

const elsewhere = process.platform !== 'linux' && 'who may do what to a priority differs elsewhere';

const LOWEST = 19;

/** Has a program give way by 11 already, and, as an ordinary user's, unable to take that back. */
const NICE = ['nice', '-n', '11'];
const UNDER = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-sys_nice', ...NICE] : NICE;

function canGiveWay(t: TestContext): boolean {
  return UNDER === NICE || needs(t, 'setpriv', 'apt-get install util-linux');
}

/** The priority of a process that gives way, started by `under`. */
function lowered(under: readonly string[]): number {
  const module = JSON.stringify(import.meta.resolve('@palabre/server'));
  const code = `import { giveWay } from ${module};
    import { getPriority } from 'node:os';
    giveWay();
    console.log(getPriority());`;
  const [program = '', ...args] = [...under, process.execPath, '--input-type=module', '--eval', code];
  return Number(execFileSync(program, args, { encoding: 'utf8' }));
}

test('who gives way has a lower priority than before, whatever that was', { skip: elsewhere }, (t) => {
  if (!canGiveWay(t)) return;
  assert.equal(lowered([]), Math.min(LOWEST, getPriority() + 10));
  assert.equal(lowered(UNDER), LOWEST);
});

test('where it can not be done nothing is', () => {
  giveWay(2 ** 30); // there is no such thread
});

test('started by an ordinary user who gives way, the server gives history, and backups are made', {
  skip: elsewhere,
}, async (t) => {
  if (!canGiveWay(t)) return;
  const place = mkdtempSync(join(tmpdir(), 'palabre-priority-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  const data = join(place, 'data');
  await using server = await serveUnder(UNDER, '--data', data);
  await using chat = await connect(`tcp://${server.host}:${server.port}`, { name: 'ana' });
  await chat.say('one');
  const { messages } = await chat.history();
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['one'],
  );
  const { status, stderr } = await palabre(['backup', '--data', data, join(place, 'copy.db')], {}, UNDER);
  assert.deepEqual([status, stderr], [0, '']);
});
