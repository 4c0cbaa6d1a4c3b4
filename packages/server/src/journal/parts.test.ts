import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { hold, openToRead } from './directory.ts';
import { History } from './history.ts';
import { batchOf } from './rows.ts';
import { lobby, said, temporary } from './samples.ts';
import { Tables } from './tables.ts';

function partsIn(db: DatabaseSync): unknown[] {
  return db
    .prepare('SELECT first FROM parts ORDER BY first')
    .all()
    .map(({ first }) => first);
}

function segmentsOf(db: DatabaseSync, first: number): unknown {
  return db.prepare(`SELECT count(DISTINCT segid) AS segments FROM found_${first}_idx`).get()?.segments;
}

/** Keeps the messages 1 to 100, four at a time, in an index of which each part has 40 ids. */
function hundred(db: DatabaseSync): Tables {
  const tables = new Tables(db, 40);
  for (let id = 1; id <= 100; id += 4)
    tables.keep(batchOf([0, 1, 2, 3].map((i) => said(id + i, { text: `word n${id + i}`, at: id + i }))));
  return tables;
}

test('a part that is full is followed by the next, and what all of them have is found in one order', (t) => {
  const held = hold(temporary(t));
  hundred(held.db);
  assert.deepEqual(partsIn(held.db), [0, 40, 80]);
  let pauses = 0;
  const history = new History(held.db, () => pauses++);
  const ids = (query: object) => history.page({ ...lobby, ...query }).messages.map(([id]) => id);
  assert.deepEqual(
    ids({ find: 'wor' }),
    Array.from({ length: 100 }, (_, i) => i + 1),
  );
  assert.equal(pauses, 2);
  assert.deepEqual(ids({ find: 'word', limit: 3 }), [98, 99, 100]);
  assert.equal(pauses, 2, 'an older part was asked for nothing');
  assert.deepEqual(ids({ find: 'n3', limit: 3, first: 'oldest' }), [3, 30, 31]);
  assert.deepEqual(ids({ before: 41, limit: 3 }), [38, 39, 40]);
  assert.deepEqual(ids({ after: 38, before: 42 }), [39, 40, 41]);
  held.release();
});

test('older parts are made one segment each, step by step, and find what they found', (t) => {
  const held = hold(temporary(t));
  const tables = hundred(held.db);
  for (const first of [0, 40, 80]) assert.ok(Number(segmentsOf(held.db, first)) > 4);
  let steps = 0;
  while (tables.tidy()) steps++;
  assert.ok(steps >= 2, `${steps} steps`);
  assert.equal(segmentsOf(held.db, 0), 1);
  assert.equal(segmentsOf(held.db, 40), 1);
  assert.ok(Number(segmentsOf(held.db, 80)) < 4, 'of the one that is added to, those of a size');
  for (const first of [0, 40, 80])
    held.db.exec(`INSERT INTO found_${first} (found_${first}) VALUES ('integrity-check')`);
  assert.equal(new History(held.db).page({ ...lobby, find: 'wor' }).messages.length, 100);
  held.release();
});

test('a part goes when all that was in it is taken out, but for the newest', (t) => {
  const held = hold(temporary(t));
  const tables = hundred(held.db);
  tables.forget(50, 1_000);
  assert.deepEqual(partsIn(held.db), [40, 80]);
  tables.forget(1_000, 1_000);
  assert.deepEqual(partsIn(held.db), [80]);
  const tablesLeft = "SELECT count(*) AS tables FROM sqlite_schema WHERE name GLOB 'found_[04]*'";
  assert.equal(held.db.prepare(tablesLeft).get()?.tables, 0);
  tables.keep(batchOf([said(101, { text: 'word' })]));
  assert.equal(new History(held.db).page({ ...lobby, find: 'word' }).messages.length, 1);
  held.release();
});

test('a reader goes on while parts come and go', (t) => {
  const directory = temporary(t);
  const held = hold(directory);
  const tables = hundred(held.db);
  const reading = openToRead(directory);
  const history = new History(reading);
  assert.equal(history.page({ ...lobby, find: 'word' }).messages.length, 100);
  tables.forget(50, 1_000);
  for (let id = 120; id <= 240; id += 40) tables.keep(batchOf([said(id, { text: 'word' })]));
  assert.equal(history.page({ ...lobby, find: 'word' }).messages.length, 55);
  reading.close();
  held.release();
});
