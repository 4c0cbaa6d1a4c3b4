import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import type { Command } from '../chat/commands.ts';
import type { Effect, Outcome } from '../chat/effects.ts';
import type { JournalRecord } from '../chat/records.ts';
import { Counters } from '../metrics/counters.ts';
import { OutputCommit } from './commit.ts';
import type { Journal, Settled } from './kept.ts';
import { noJournal } from './none.ts';
import { Overdue } from './overdue.ts';
import { member } from './samples.ts';

const none = () => {};

function said(id: number): JournalRecord {
  return { type: 'gone', identity: id };
}

function outcome(id: number, records: readonly JournalRecord[]): Outcome {
  return { effects: [{ type: 'close', connection: id }], records };
}

/** A commit whose journal settles the first of what it was given when the test says so: as durable, or with an error. */
function slow() {
  const kept: number[][] = [];
  const out: number[] = [];
  const instead: Command[] = [];
  const waiting: Settled[] = [];
  const keep = (records: readonly JournalRecord[], settled: Settled): boolean => {
    kept.push(records.map((record) => (record.type === 'gone' ? record.identity : 0)));
    return waiting.push(settled) > 0;
  };
  const release = (effect: Effect) => out.push('connection' in effect ? effect.connection : 0);
  const settle = (error?: Error): void => waiting.shift()?.(error);
  const commit = new OutputCommit({ keep }, release, (command) => instead.push(command), none);
  return { commit, kept, out, instead, settle };
}

/** A journal that has settled by the next turn: as durable, unless `fails` says otherwise. */
function quick(tries: number[], fails: () => boolean): Pick<Journal, 'keep'> {
  return {
    keep(records, settled) {
      tries.push(records.length);
      const error = fails() ? new Error('full') : undefined;
      setImmediate(() => settled(error));
      return true;
    },
  };
}

/** The outcome of a message: if it can't be kept, it is to be unsaid. */
function message(id: number): Outcome {
  return {
    ...outcome(id, [said(id)]),
    otherwise: { type: 'unsay', connection: id, message: id, author: id },
  };
}

/** What says once more that the message of that id was said. */
function repeat(id: number, message: number): Outcome {
  return { ...outcome(id, []), repeats: message, otherwise: { type: 'lose', connection: id, why: 'lost' } };
}

const FULL = new Error('full');

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('without a journal effects are let out at once', () => {
  const out: Effect[] = [];
  const commit = new OutputCommit(noJournal, (effect) => out.push(effect), none, none);
  commit.add(outcome(1, [said(1)]));
  commit.add(outcome(2, []));
  assert.equal(out.length, 2);
});

test('effects are let out only once the records made with them are durable', () => {
  const { commit, kept, out, settle } = slow();
  commit.add(outcome(1, [said(1)]));
  assert.deepEqual([kept, out], [[[1]], []]);
  settle();
  assert.deepEqual(out, [1]);
});

test('effects without records do not overtake those that wait', () => {
  const { commit, out, settle } = slow();
  commit.add(outcome(1, [said(1)]));
  commit.add(outcome(2, []));
  assert.deepEqual(out, []);
  settle();
  assert.deepEqual(out, [1, 2]);
});

test('what comes while a commit is under way shares the next one', () => {
  const { commit, kept, out, settle } = slow();
  for (const id of [1, 2, 3]) commit.add(outcome(id, [said(id)]));
  settle();
  assert.deepEqual([kept, out], [[[1], [2, 3]], [1]]);
  commit.add(outcome(4, [said(4)]));
  settle();
  settle();
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

test('after little silence a commit begins at the end of the turn, with all that comes in it', async (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const { commit, kept, out, settle } = slow();
  commit.add(outcome(1, [said(1)]));
  now += 10;
  settle();
  now += 39;
  commit.add(outcome(2, [said(2)]));
  commit.add(outcome(3, []));
  commit.add(outcome(4, [said(4)]));
  assert.deepEqual([kept, out], [[[1]], [1]]);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(kept, [[1], [2, 4]]);
  settle();
  assert.deepEqual(out, [1, 2, 3, 4]);
  now += 40;
  commit.add(outcome(5, [said(5)]));
  assert.deepEqual(kept, [[1], [2, 4], [5]]);
});

test('before this thread is busy what has gathered is sent behind the commit that is under way; never a third', () => {
  const { commit, kept, out, settle } = slow();
  for (const id of [1, 2]) commit.add(outcome(id, [said(id)]));
  commit.goOn();
  commit.add(outcome(3, [said(3)]));
  commit.goOn();
  assert.deepEqual([kept, out], [[[1], [2]], []]);
  settle();
  assert.deepEqual([kept, out], [[[1], [2]], [1]]);
  commit.add(outcome(4, []));
  settle();
  assert.deepEqual(kept, [[1], [2], [3]]);
  commit.goOn();
  settle();
  assert.deepEqual(
    [kept, out],
    [
      [[1], [2], [3]],
      [1, 2, 3, 4],
    ],
  );
});

test('what comes of what is let out does not overtake the rest of it, though there is a flush in between', () => {
  const out: number[] = [];
  const settle: Settled[] = [];
  const commit: OutputCommit = new OutputCommit(
    { keep: (_records, settled) => settle.push(settled) > 0 },
    (effect) => {
      const id = 'connection' in effect ? effect.connection : 0;
      out.push(id);
      if (id < 10) {
        commit.add(outcome(10 + id, []));
        commit.goOn();
      }
    },
    none,
    none,
  );
  for (const id of [1, 2, 3, 4]) commit.add(outcome(id, id === 1 ? [said(id)] : []));
  while (settle.length > 0) settle.shift()?.();
  assert.deepEqual(out, [1, 2, 3, 4, 11, 12, 13, 14]);
});

test('two fail, one behind the other: each is unsaid in its turn, and nothing more is tried', () => {
  const { commit, kept, out, instead, settle } = slow();
  commit.add(message(1));
  commit.add(outcome(2, [said(2)])); // of a member
  commit.goOn();
  settle(FULL);
  settle(FULL);
  commit.add(outcome(3, [said(3)]));
  commit.goOn();
  assert.deepEqual([kept, out, instead.length, commit.troubled], [[[1], [2]], [2, 3], 1, true]);
});

test('what can not be kept is unsaid; what happened to members is kept when it is possible again, which is tried once a second', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const out: number[] = [];
  const instead: string[] = [];
  const trouble: boolean[] = [];
  const tries: number[] = [];
  let settle: Settled = none;
  const commit = new OutputCommit(
    {
      keep(records, settled) {
        tries.push(records.length);
        settle = settled;
        return true;
      },
    },
    (effect) => out.push('connection' in effect ? effect.connection : 0),
    (command) => instead.push(command.type),
    (error) => trouble.push(error !== undefined),
  );
  commit.add(message(1));
  commit.add(outcome(2, [said(2)])); // of a member: it happens all the same
  commit.add(outcome(2, [said(2)]));
  commit.add(message(3));
  settle(FULL);
  assert.deepEqual([out, instead, tries, trouble], [[2, 2], ['unsay', 'unsay'], [1], [true]]);
  for (let second = 0; second < 2; second++) {
    t.mock.timers.tick(999);
    commit.add(message(4));
    await turn();
    assert.deepEqual([instead.length, tries.length], [3 + second, 1 + second]);
    t.mock.timers.tick(1);
    settle(second === 0 ? FULL : undefined);
  }
  assert.deepEqual([tries.slice(1), trouble, commit.troubled], [[4, 4], [true, false], false]);
  commit.add(message(5));
  await turn();
  settle();
  assert.deepEqual([out, tries.at(-1)], [[2, 2, 5], 1]);
});

test('a receipt that is repeated is not let out where what it is for could not be kept', () => {
  for (const behind of [false, true]) {
    const { commit, out, instead, settle } = slow();
    commit.add(message(1));
    commit.add(repeat(11, 1));
    commit.add(outcome(2, [said(2)]));
    if (behind) commit.goOn();
    settle(FULL);
    if (behind) settle(FULL);
    assert.deepEqual(
      [out, instead.map(({ type }) => type)],
      [[2], ['unsay', 'lose']],
      'what asked for it is put in the log again',
    );
    commit.add({ ...outcome(3, []), unsays: 1 });
    commit.add(repeat(12, 1));
    assert.deepEqual(out, [2, 3, 12], 'said anew, under that very id or another');
  }
  const { commit, out, settle } = slow();
  commit.add(message(1));
  commit.add(repeat(11, 1));
  settle();
  assert.deepEqual(out, [1, 11]);
});

test('who entered while nothing could be kept is not known to the next server, until it is', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { commit, settle } = slow();
  const entered = (identity: number, entered: boolean): JournalRecord => ({
    type: 'member',
    member: member(identity, `name${identity}`),
    entered,
  });
  commit.add(outcome(1, [entered(1, true)]));
  settle();
  commit.add(outcome(2, [entered(2, true)]));
  await turn();
  settle(FULL);
  commit.add(outcome(1, [entered(1, false)]));
  commit.add(outcome(2, [entered(2, false)]));
  await turn();
  assert.deepEqual([commit.isKept(1), commit.isKept(2)], [true, false]);
  t.mock.timers.tick(1000);
  settle();
  assert.deepEqual([commit.isKept(1), commit.isKept(2)], [true, true]);
});

test('who waits until all is settled waits for what had been added, not for what goes on being added', async () => {
  const { commit, settle } = slow();
  commit.add(outcome(1, [said(1)]));
  let settled = false;
  const waiting = commit.settled().then(() => {
    settled = true;
  });
  await turn();
  assert.ok(!settled);
  commit.add(outcome(2, [said(2)]));
  settle();
  commit.goOn();
  await waiting;
  settle();
  await commit.finish();
});

test('at the end what could not be kept is tried once more', async () => {
  const tries: number[] = [];
  let works = false;
  const commit = new OutputCommit(
    quick(tries, () => !works),
    none,
    none,
    none,
  );
  commit.add(outcome(1, [said(1)]));
  await commit.settled();
  works = true;
  await commit.finish();
  assert.deepEqual([tries, commit.troubled], [[1, 1], false]);
});

test('where too much waits for the journal nothing more is to be heard, until it is let out', () => {
  const behind: boolean[] = [];
  const settle: Settled[] = [];
  const commit = new OutputCommit(
    { keep: (_records, settled) => settle.push(settled) > 0 },
    none,
    none,
    none,
    new Counters(),
    (is) => behind.push(is),
  );
  commit.add(outcome(1, [said(1)]));
  const [effect = assert.fail()] = outcome(2, []).effects;
  const many = { effects: Array.from({ length: 10_000 }, () => effect), records: [] };
  commit.add(many);
  assert.deepEqual(behind, []);
  commit.add(many);
  assert.deepEqual(behind, [true]);
  settle.shift()?.();
  assert.deepEqual(behind, [true, false]);
});

test('that those who speak may go on is told when all is let out, not in the middle of what failed', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const out: number[] = [];
  const settle: Settled[] = [];
  const commit: OutputCommit = new OutputCommit(
    { keep: (_records, settled) => settle.push(settled) > 0 },
    (effect) => out.push('connection' in effect ? effect.connection : 0),
    (command) => {
      if (command.type === 'unsay')
        commit.add({ ...outcome(100 + command.message, []), unsays: command.message });
    },
    none,
    new Counters(),
    () => commit.goOn(), // as the flush does that comes of what they say
  );
  commit.add(message(1));
  settle.shift()?.(FULL);
  t.mock.timers.tick(1000);
  commit.add(message(2));
  commit.add(repeat(22, 2));
  const { effects } = outcome(3, []);
  const many = { effects: Array.from({ length: 10_000 }, () => effects).flat(), records: [] };
  commit.add(many);
  commit.add(many);
  settle.shift()?.(FULL);
  assert.deepEqual([...new Set(out)], [101, 3, 102]);
});

test('what is overdue is bounded by who is there: whoever came and went leaves a place', () => {
  const overdue = new Overdue();
  for (let identity = 1; identity <= 100; identity++) {
    overdue.add([{ type: 'member', member: member(identity, 'ana'), entered: true }]);
    overdue.add([{ type: 'member', member: member(identity, 'bo') }]);
    overdue.add([{ type: 'gone', identity }]);
  }
  overdue.add([{ type: 'gone', identity: 7 }]);
  assert.deepEqual(
    [...overdue.all()],
    [
      { type: 'place', id: 100 },
      { type: 'gone', identity: 7 },
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
  const fails = (): boolean => {
    const failing = !works;
    works = false;
    return failing;
  };
  const commit = new OutputCommit(quick([], fails), none, none, none, counters);
  for (const id of [1, 2, 3]) commit.add(outcome(id, [said(id)]));
  assert.deepEqual([commit.waiting, commit.troubled], [2, false]);
  await commit.settled();
  assert.deepEqual([records, durable, counters.commitFailures], [[1, 2], 1, 1]);
  assert.deepEqual([commit.waiting, commit.troubled], [0, true]);
});

test('before something that keeps the thread busy a commit that is under way may be waited for, and what it kept is let out', () => {
  const { commit, kept, out, settle } = slow();
  const waits: number[][] = [];
  const wait = (): void => {
    waits.push([...out]);
    settle();
  };
  commit.goOn(wait);
  assert.deepEqual(waits, [], 'nothing is under way');
  commit.add(outcome(1, [said(1)]));
  commit.add(outcome(2, [said(2)]));
  commit.goOn(wait);
  assert.deepEqual([kept, waits, out], [[[1], [2]], [[]], [1]]);
  commit.goOn(wait);
  assert.deepEqual(
    [waits, out],
    [
      [[], [1]],
      [1, 2],
    ],
  );
});

test('what takes longer to keep is not waited for', () => {
  const { commit, settle } = slow();
  let waits = 0;
  const wait = (): void => {
    waits++;
  };
  const records = (count: number) => Array.from({ length: count }, (_, i) => said(i));
  commit.add(outcome(1, records(32)));
  commit.goOn(wait);
  assert.equal(waits, 1);
  commit.add(outcome(2, records(1)));
  commit.goOn(wait);
  assert.equal(waits, 1, '33 are under way');
  settle();
  commit.goOn(wait);
  assert.equal(waits, 2);
});

test('while something is being let out nothing is waited for: what follows must not overtake the rest of it', () => {
  const settles: Settled[] = [];
  const out: number[] = [];
  const commit: OutputCommit = new OutputCommit(
    { keep: (_, settled) => settles.push(settled) > 0 },
    (effect) => {
      if (!('connection' in effect)) return;
      out.push(effect.connection);
      commit.goOn(() => settles.shift()?.());
    },
    none,
    none,
  );
  const both: Outcome = {
    ...outcome(1, [said(1)]),
    effects: [1, 2].map((connection) => ({ type: 'close', connection })),
  };
  commit.add(both);
  commit.add(outcome(3, [said(3)]));
  commit.goOn();
  settles.shift()?.();
  assert.deepEqual([out, settles.length], [[1, 2], 1]);
});
