import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../chat/commands.ts';
import type { Effect, Outcome } from '../chat/effects.ts';
import type { JournalRecord } from '../chat/records.ts';
import { Counters } from '../metrics/counters.ts';
import { OutputCommit } from './commit.ts';
import { noJournal } from './none.ts';

const none = () => {};

function said(id: number): JournalRecord {
  return { type: 'gone', identity: id };
}

function outcome(id: number, records: readonly JournalRecord[]): Outcome {
  return { effects: [{ type: 'close', connection: id }], records };
}

/** A commit whose journal is durable when the test says so. */
function slow(): { commit: OutputCommit; kept: number[][]; out: number[]; durable: () => Promise<void> } {
  const kept: number[][] = [];
  const out: number[] = [];
  let resolve = () => {};
  const keep = (records: readonly JournalRecord[]): Promise<void> => {
    kept.push(records.map((record) => (record.type === 'gone' ? record.identity : 0)));
    return new Promise((done) => {
      resolve = done;
    });
  };
  const release = (effect: Effect) => out.push('connection' in effect ? effect.connection : 0);
  const durable = async (): Promise<void> => {
    resolve();
    await new Promise((done) => setImmediate(done));
  };
  return { commit: new OutputCommit({ keep }, release, none, none), kept, out, durable };
}

test('without a journal effects are let out at once', () => {
  const out: Effect[] = [];
  const commit = new OutputCommit(noJournal, (effect) => out.push(effect), none, none);
  commit.add(outcome(1, [said(1)]));
  commit.add(outcome(2, []));
  assert.equal(out.length, 2);
});

test('effects are let out only once the records made with them are durable', async () => {
  const { commit, kept, out, durable } = slow();
  commit.add(outcome(1, [said(1)]));
  assert.deepEqual([kept, out], [[[1]], []]);
  await durable();
  assert.deepEqual(out, [1]);
});

test('effects without records do not overtake those that wait', async () => {
  const { commit, out, durable } = slow();
  commit.add(outcome(1, [said(1)]));
  commit.add(outcome(2, []));
  assert.deepEqual(out, []);
  await durable();
  assert.deepEqual(out, [1, 2]);
});

test('what comes while a commit is under way shares the next one', async () => {
  const { commit, kept, out, durable } = slow();
  for (const id of [1, 2, 3]) commit.add(outcome(id, [said(id)]));
  await durable();
  assert.deepEqual([kept, out], [[[1], [2, 3]], [1]]);
  commit.add(outcome(4, [said(4)]));
  await durable();
  await durable();
  assert.deepEqual(
    [kept, out],
    [
      [[1], [2, 3], [4]],
      [1, 2, 3, 4],
    ],
  );
  commit.add(outcome(5, []));
  assert.deepEqual(out, [1, 2, 3, 4, 5]);
});

test('what can not be kept is unsaid, one a second is tried, and members are kept when it works again', async () => {
  const tries: number[] = [];
  const out: number[] = [];
  const instead: Command[] = [];
  const trouble: boolean[] = [];
  let works = false;
  const keep = async (records: readonly JournalRecord[]): Promise<void> => {
    tries.push(records.length);
    if (!works) throw new Error('full');
  };
  const commit = new OutputCommit(
    { keep },
    (effect) => out.push('connection' in effect ? effect.connection : 0),
    (command) => instead.push(command),
    (error) => trouble.push(error !== undefined),
  );
  const message = (id: number): Outcome => ({
    ...outcome(id, [said(id)]),
    otherwise: { type: 'unsay', connection: id, author: id },
  });
  commit.add(message(1));
  commit.add(outcome(2, [said(2)])); // of a member: it happens all the same
  commit.add(message(3));
  await commit.settled();
  assert.deepEqual(
    [out, instead.map((command) => command.type), tries, trouble],
    [[2], ['unsay', 'unsay'], [1], [true]],
  );
  works = true;
  await new Promise((resolve) => setTimeout(resolve, 1100));
  commit.add(message(4));
  await commit.settled();
  assert.deepEqual(
    [out, tries, trouble],
    [
      [2, 4],
      [1, 2],
      [true, false],
    ],
  );
});

test('a commit is measured when it is durable, one that fails is counted, and what waits can be seen', async () => {
  const records: number[] = [];
  let durable = 0;
  const { measures } = new Counters();
  const counters = new Counters({
    ...measures,
    commitRecords: { observe: (count) => records.push(count) },
    commitSeconds: { observe: (seconds) => assert.ok(seconds >= 0 && ++durable > 0) },
  });
  let works = true;
  const keep = async (): Promise<void> => {
    if (!works) throw new Error('full');
    works = false;
  };
  const commit = new OutputCommit({ keep }, none, none, none, counters);
  for (const id of [1, 2, 3]) commit.add(outcome(id, [said(id)]));
  assert.deepEqual([commit.waiting, commit.troubled], [2, false]);
  await commit.settled();
  assert.deepEqual([records, durable, counters.commitFailures], [[1, 2], 1, 1]);
  assert.deepEqual([commit.waiting, commit.troubled], [0, true]);
});
