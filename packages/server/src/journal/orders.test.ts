import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { journalPath } from './directory.ts';
import type { Ban, JournalRecord, Restored } from './kept.ts';
import { kept, named, said, temporary } from './samples.ts';
import { openJournal } from './sqlite.ts';

const LATER = 4_000_000_000_000;
const troll = { type: 'name', name: named('Troll') } as const;
const network = { type: 'network', network: '192.0.2.0/24' } as const;

function banned(subject: Ban['subject'], since: number, rest: Partial<Ban> = {}): JournalRecord {
  return { type: 'ban', ban: { subject, since, ...rest } };
}

/** What a journal gives back that has kept these, in batches. */
async function keptOf(t: TestContext, ...batches: readonly (readonly JournalRecord[])[]): Promise<Restored> {
  const directory = temporary(t);
  const { journal } = await openJournal(directory);
  for (const records of batches) await kept(journal, records);
  await journal.close();
  const again = await openJournal(directory);
  await again.journal.close();
  return again.restored;
}

test('4.7 bans are kept with their end and reason, oldest first; a later one of the same subject takes its place', async (t) => {
  const { bans } = await keptOf(
    t,
    [banned(troll, 10, { reason: 'spam' }), said(1), banned(network, 20, { until: LATER })],
    [banned({ type: 'name', name: named('ＴＲＯＬＬ') }, 30, { until: LATER, reason: 'again' })],
  );
  assert.deepEqual(bans, [
    { subject: network, since: 20, until: LATER },
    { subject: { type: 'name', name: 'ＴＲＯＬＬ' }, since: 30, until: LATER, reason: 'again' },
  ]);
});

test('one that is lifted is gone, in the order in which it came about', async (t) => {
  const { bans } = await keptOf(
    t,
    [
      banned(troll, 10),
      { type: 'unban', subject: { type: 'name', name: named('troll') } },
      banned(network, 20),
    ],
    [{ type: 'unban', subject: network }, banned(network, 30)],
  );
  assert.deepEqual(bans, [{ subject: network, since: 30 }]);
});

test('what is over is not given back, and goes when something else comes', async (t) => {
  const directory = temporary(t);
  const first = await openJournal(directory);
  await kept(first.journal, [
    banned(troll, 10, { until: 20 }),
    { type: 'withdrawn', invitation: 'a', until: 20 },
  ]);
  await first.journal.close();
  const again = await openJournal(directory);
  assert.deepEqual([again.restored.bans, again.restored.withdrawn], [[], []]);
  await kept(again.journal, [{ type: 'withdrawn', invitation: 'b', until: LATER }]);
  await again.journal.close();
  const db = new DatabaseSync(journalPath(directory), { readOnly: true });
  t.after(() => db.close());
  assert.equal(db.prepare('SELECT count(*) AS bans FROM bans').get()?.bans, 0);
  assert.deepEqual(
    db
      .prepare('SELECT invitation FROM withdrawn')
      .all()
      .map(({ invitation }) => invitation),
    ['b'],
  );
});

test('invitations that are withdrawn stay so', async (t) => {
  const { withdrawn } = await keptOf(
    t,
    [{ type: 'withdrawn', invitation: 'a', until: LATER }],
    [
      { type: 'withdrawn', invitation: 'a', until: LATER },
      { type: 'withdrawn', invitation: 'b', until: LATER + 1 },
    ],
  );
  assert.deepEqual(withdrawn, [
    ['a', LATER],
    ['b', LATER + 1],
  ]);
});
