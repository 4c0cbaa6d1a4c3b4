/** What an operator does after a disk has died, with people in the chat: a backup while they talk, `kill -9`, a restore, a start. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { recall } from '../chaos/recall.ts';
import { Survivor } from '../chaos/survivor.ts';
import { palabre, serve } from '../testing/palabre.ts';

const MEMBERS = 6;
const MESSAGES = 1_500;
const DEADLINE_MS = 100_000;

function temporary(t: TestContext): string {
  const place = mkdtempSync(join(tmpdir(), 'palabre-restore-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

/** In the lobby, in the room that all are in, and privately to the next member. */
function line(member: number, n: number): { ref: string; line: string } {
  const text = `${member}:${n}`;
  const ref = `r${n}`;
  if (n % 3 === 1) return { ref, line: `@ref=${ref};room=oak MSG ${text}` };
  if (n % 3 === 2) return { ref, line: `@ref=${ref} PRV m${(member + 1) % MEMBERS} ${text}` };
  return { ref, line: `@ref=${ref} MSG ${text}` };
}

test('8.1 all that was receipted before a backup began is there after a restore, and members come back', async (t) => {
  const place = temporary(t);
  const [data, restored, file] = [join(place, 'data'), join(place, 'restored'), join(place, 'backup.db')];
  await using first = await serve('--data', data, '--rate', 'off');
  const members = Array.from({ length: MEMBERS }, (_, i) => new Survivor(first.port, `m${i}`));
  t.after(() =>
    members.forEach((one) => {
      one.close();
    }),
  );
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const late = AbortSignal.timeout(DEADLINE_MS);
    late.onabort = () =>
      members.forEach((one) => {
        one.wake();
      });
    while (!holds()) {
      assert.deepEqual(
        members.flatMap(({ wrong }) => wrong),
        [],
      );
      assert.ok(!late.aborted, `waited in vain for ${what}`);
      await Promise.race(members.map((one) => one.happens()));
    }
  };
  await until('all to enter', () => members.every(({ joined }) => joined));
  for (const one of members) one.ask(`@room=oak IAM ${one.name}`);
  await until('the room', () =>
    members.every(({ presence, name }) => presence.some((line) => line === `ARR ${name} oak`)),
  );
  members.forEach((one, i) => {
    one.say(Array.from({ length: MESSAGES }, (_, n) => line(i, n)));
  });
  const receipts = (): number => members.reduce((sum, one) => sum + one.receipts, 0);
  const total = MEMBERS * MESSAGES;

  await until('a third of it', () => receipts() >= total / 3);
  const before = members.map(({ told }) => told.map(({ id, line }) => `${id} ${line}`));
  const { status, stdout, stderr } = await palabre(['backup', file, '--data', data]);
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /backup\.db: [\d,]+ messages, [\d.]+ [KM]B, in [\d.]+ s\n$/);
  const begun = receipts();
  await until('something that is not in the backup', () => receipts() > begun + 50 || receipts() === total);
  first.process.kill('SIGKILL');
  await once(first.process, 'close');
  const highest = Math.max(...members.map(({ lastId }) => lastId));

  const put = await palabre(['restore', file, '--data', restored]);
  assert.deepEqual([put.status, put.stderr], [0, '']);
  await using second = await serve('--data', restored, '--rate', 'off', '--tcp', `127.0.0.1:${first.port}`);
  await until('all to come back', () => members.every(({ resumes, joined }) => joined && resumes > 0));
  members[0]?.say([{ ref: 'after', line: '@ref=after MSG after the restore' }]);
  await until('all that was without a receipt, and a word more', () =>
    members.every(({ done, told }) => done && told.some(({ line }) => line.endsWith(' after the restore'))),
  );

  // No id that anybody saw before is given again: a Survivor finds one wrong that does not grow.
  assert.ok(members.every(({ told }) => (told.at(-1)?.id ?? 0) > highest));
  for (const [i, { token = '', name }] of members.entries()) {
    const neighbours = [i + 1, i - 1 + MEMBERS].map((j) => `with=m${j % MEMBERS}`);
    const kept = new Set(await recall(second.port, token, ['limit=500', 'room=oak', ...neighbours]));
    assert.ok((before[i]?.length ?? 0) > total / 6);
    assert.deepEqual(
      before[i]?.filter((told) => !kept.has(told)),
      [],
      name,
    );
  }
});

test('where there is something already it is moved aside with --force alone; where a server runs, never', async (t) => {
  const place = temporary(t);
  const data = join(place, 'data');
  const file = join(place, 'backup.db');
  await using server = await serve('--data', data);
  assert.equal((await palabre(['backup', file], { PALABRE_DATA: data })).status, 0);
  const running = await palabre(['restore', file, '--data', data, '--force']);
  assert.equal(running.status, 1);
  assert.match(running.stderr, /^palabre: .*data is in use by another server: stop that one.*\n$/);
  server.process.kill('SIGTERM');
  await once(server.process, 'close');
  const there = await palabre(['restore', file, '--data', data]);
  assert.deepEqual([there.status, there.stdout], [1, '']);
  assert.match(there.stderr, /^palabre: there is a journal in .*--force\n$/);
  const forced = await palabre(['restore', file, '--data', data, '--force']);
  assert.deepEqual([forced.status, forced.stderr], [0, '']);
  assert.match(
    forced.stdout,
    /0 messages; ids go on after \d+\nwhat was there is now in .*journal-until-.*\.db\n$/,
  );
  assert.equal(readdirSync(data).filter((name) => name.endsWith('.db')).length, 2);
});
