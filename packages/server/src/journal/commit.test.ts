import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Effect, JournalRecord, Outcome } from '../chat/effects.ts';
import { OutputCommit } from './commit.ts';
import { noJournal } from './journal.ts';

function said(id: number): JournalRecord {
  return { type: 'said', id, room: '', from: 'ana' as never, text: 'hi' };
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
    kept.push(records.map(({ id }) => id));
    return new Promise((done) => {
      resolve = done;
    });
  };
  const release = (effect: Effect) => out.push('connection' in effect ? effect.connection : 0);
  const durable = async (): Promise<void> => {
    resolve();
    await new Promise((done) => setImmediate(done));
  };
  return { commit: new OutputCommit({ keep }, release), kept, out, durable };
}

test('without a journal effects are let out at once', () => {
  const out: Effect[] = [];
  const commit = new OutputCommit(noJournal, (effect) => out.push(effect));
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
