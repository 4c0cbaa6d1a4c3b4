/** The thread that writes the journal dies in the middle of a chat: the process says so and ends, and with the next one all is there, once. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { serve, serveIn } from '../testing/palabre.ts';
import { recall } from './recall.ts';
import { Survivor } from './survivor.ts';

const DYING = pathToFileURL(join(import.meta.dirname, '../testing/dying-writer.ts')).href;
const MESSAGES = 30;
const FATAL = 13;

async function dies(t: TestContext, when: 'before' | 'after'): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'palabre-writer-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const flags = ['--data', data, '--rate', 'off'];
  await using first = await serveIn({ DIES: when, NODE_OPTIONS: `--import ${DYING}` }, ...flags);
  const members = Array.from({ length: 4 }, (_, i) => new Survivor(first.port, `m${i}`));
  t.after(() => {
    for (const one of members) one.close();
  });
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      assert.deepEqual(
        members.flatMap(({ wrong }) => wrong),
        [],
      );
      await Promise.race(members.map((one) => one.happens()));
    }
  };
  await until(() => members.every(({ joined }) => joined));
  members.forEach((one, i) => {
    one.say(
      Array.from({ length: MESSAGES }, (_, n) => ({
        ref: `r${n}`,
        line: `@ref=r${n} MSG ${i}:${n}${i === 0 && n === FATAL ? ' fatal' : ''}`,
      })),
    );
  });
  const [stderr, [status]] = await Promise.all([text(first.process.stderr), once(first.process, 'close')]);
  assert.equal(status, 1);
  assert.match(stderr, /^palabre: the thread that writes the journal has died \([^\n]+\n$/m);
  assert.ok((members[0]?.receipts ?? 0) <= FATAL, 'what killed it has no receipt');

  await using second = await serve(...flags, '--tcp', `127.0.0.1:${first.port}`);
  await until(() => members.every((one) => one.done && one.told.length === members.length * MESSAGES));
  const all = members[0]?.told.map(({ id, line }) => `${id} ${line}`) ?? [];
  assert.equal(new Set(members[0]?.told.map(({ line }) => line)).size, members.length * MESSAGES);
  for (const one of members) {
    assert.deepEqual(
      one.told.map(({ id, line }) => `${id} ${line}`),
      all,
    );
    assert.equal(one.refused, 0);
  }
  assert.deepEqual(await recall(second.port, members[0]?.token ?? '', ['limit=500']), all);
}

test('8.1, 8.2 the journal’s thread dies before it has kept what it was given', (t) => dies(t, 'before'));

test('8.1, 8.2 the journal’s thread dies once it has kept it, and nobody was told', (t) => dies(t, 'after'));
