import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from './directory.ts';
import { sqliteCode } from './errors.ts';
import { History } from './history.ts';
import { batchOf } from './rows.ts';
import { lobby, member, said, temporary } from './samples.ts';
import { Tables } from './tables.ts';

const SQLITE_FULL = 13;

test('7 without room a batch is not kept at all; with room the next one is', (t) => {
  const held = hold(temporary(t));
  const tables = new Tables(held.db);
  const history = new History(held.db);
  const ids = () => history.page(lobby).messages.map(([id]) => id);
  const batch = (first: number) =>
    batchOf([
      { type: 'member', member: member(first, 'ana') },
      ...Array.from({ length: 100 }, (_, i) => said(first + i, { text: `word${first + i} `.repeat(50) })),
    ]);
  tables.keep(batch(1));
  held.db.exec('PRAGMA max_page_count = 1');
  const isFull = (error: unknown) => sqliteCode(error) === SQLITE_FULL;
  for (let i = 0; i < 3; i++) assert.throws(() => tables.keep(batch(101)), isFull);
  assert.equal(ids().length, 100);
  assert.equal(history.page({ ...lobby, find: 'word150' }).messages.length, 0);
  held.db.exec('PRAGMA max_page_count = 1000000');
  tables.keep(batch(101));
  assert.equal(ids().length, 200);
  assert.equal(history.page({ ...lobby, find: 'word150' }).messages.length, 1);
  assert.equal(held.db.prepare('SELECT count(*) AS members FROM members').get()?.members, 2);
  held.db.exec("INSERT INTO found_0 (found_0) VALUES ('integrity-check')");
  held.release();
});

test('what is too old goes in steps, up to the first that is not', (t) => {
  const held = hold(temporary(t));
  const tables = new Tables(held.db);
  tables.keep(batchOf([10, 20, 30, 90, 40].map((at, i) => said(i + 1, { at }))));
  assert.deepEqual(tables.forget(10, 2), { taken: 0, oldest: 10 });
  assert.deepEqual(tables.forget(50, 2), { taken: 2, oldest: undefined });
  assert.deepEqual(tables.forget(50, 2), { taken: 1, oldest: 90 });
  assert.deepEqual(tables.forget(50, 2), { taken: 0, oldest: 90 });
  assert.deepEqual(tables.forget(91, 5), { taken: 2, oldest: undefined });
  assert.equal(held.db.prepare('SELECT last_id FROM meta').get()?.last_id, 5);
  held.release();
});
