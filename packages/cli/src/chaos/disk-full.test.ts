/** The disk is full in the middle of a busy chat: nothing is receipted that is not kept, the chat stays up, and goes on by itself. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { serve } from '../testing/palabre.ts';
import { recall } from './recall.ts';
import { Survivor } from './survivor.ts';

const MEMBERS = 10;
const MESSAGES = 100;
const TEXT = 'x'.repeat(1000);

/** Limits how large the server's files may grow: what it writes beyond that fails, as on a full disk. */
function limit(pid: number | undefined, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

function hasPrlimit(t: TestContext): boolean {
  if (!spawnSync('prlimit', ['--version']).error) return true;
  const why = 'prlimit is not on this machine; to have it: apt-get install util-linux';
  if (process.env.CI === 'true') throw new Error(why);
  t.skip(why);
  return false;
}

test('the disk full, and then room again: nothing lost, nothing doubled, the chat up all the while', async (t) => {
  if (!hasPrlimit(t)) return;
  const data = mkdtempSync(join(tmpdir(), 'palabre-full-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  await using server = await serve('--data', data, '--rate', 'off', '--admin-http', '127.0.0.1:0');
  const [, admin = ''] = /metrics are at (http:\S+)\/metrics/.exec(server.greeting) ?? [];
  const journal = async (): Promise<unknown> =>
    JSON.parse(await (await fetch(`${admin}/readyz`)).text()).journal;
  const log = text(server.process.stderr);
  assert.equal(await journal(), 'ok');
  const members = Array.from({ length: MEMBERS }, (_, i) => new Survivor(server.port, `m${i}`));
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
  limit(server.process.pid, 500_000);
  members.forEach((one, i) => {
    one.say(
      Array.from({ length: MESSAGES }, (_, n) => ({
        ref: `r${n}`,
        line: `@ref=r${n} MSG ${i}:${n}:${TEXT}`,
      })),
    );
  });
  await until(() => members.some(({ refused }) => refused > 3));

  while ((await journal()) !== 'trouble');

  // The chat is up: somebody comes and is told so, and so are the others; what was receipted is there, and no more.
  const late = new Survivor(server.port, 'late');
  members.push(late);
  await until(
    () => late.joined && members.slice(0, MEMBERS).every((one) => one.presence.includes('ARR late')),
  );
  const receipted = members.reduce((sum, one) => sum + one.receipts, 0);
  assert.ok(receipted < MEMBERS * MESSAGES, 'the disk was full before all was said');
  const kept = await recall(server.port, members[0]?.token ?? '', ['limit=500']);
  assert.ok(kept.length >= receipted, 'what is receipted is kept');

  limit(server.process.pid, 'unlimited');
  await until(() => members.every(({ done }) => done));
  await until(() => members.slice(0, MEMBERS).every(({ told }) => told.length === MEMBERS * MESSAGES));
  const texts = new Set(members[0]?.told.map(({ line }) => line));
  assert.equal(texts.size, MEMBERS * MESSAGES);
  const all = await recall(server.port, late.token ?? '', ['limit=500']);
  assert.deepEqual(
    all,
    members[0]?.told.map(({ id, line }) => `${id} ${line}`),
  );

  // Its operator is told too, at its beginning and its end, without a word of what was said.
  assert.equal(await journal(), 'ok');
  server.process.kill('SIGTERM');
  const told = await log;
  const troubles = told.split('\n').filter((line) => /"level":"error"|can be written/.test(line));
  assert.match(troubles.at(0) ?? '', /the journal cannot be written.*no message is taken/);
  assert.match(troubles.at(-1) ?? '', /the journal can be written again/);
  assert.doesNotMatch(told, /xxxx/);
});
