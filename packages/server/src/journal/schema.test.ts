import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { journalPath } from './directory.ts';
import { DataUnusable } from './errors.ts';
import type { Ban } from './kept.ts';
import { kept, lobby, message, temporary } from './samples.ts';
import { type Migration, migrate, migrations } from './schema.ts';
import { openJournal } from './sqlite.ts';
import { scopeOf } from './terms.ts';

function schemaOf(db: DatabaseSync): unknown[] {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
}

test('a journal of any version becomes one of the newest', () => {
  const fresh = new DatabaseSync(':memory:');
  migrate(fresh, 'fresh');
  for (let version = 0; version <= migrations.length; version++) {
    const db = new DatabaseSync(':memory:');
    migrate(db, 'old', migrations.slice(0, version));
    migrate(db, 'old');
    assert.deepEqual(schemaOf(db), schemaOf(fresh), `from version ${version}`);
    assert.equal(db.prepare('PRAGMA user_version').get()?.user_version, migrations.length);
    assert.equal(db.prepare('SELECT count(*) AS rows FROM meta').get()?.rows, 1);
  }
});

test('a migration that fails leaves the version before it', () => {
  const db = new DatabaseSync(':memory:');
  const fails: Migration = (db) => db.exec('CREATE TABLE half (a); SELECT * FROM missing');
  assert.throws(() => migrate(db, 'db', [...migrations, fails]), /no such table/);
  assert.equal(db.prepare('PRAGMA user_version').get()?.user_version, migrations.length);
  assert.equal(db.prepare("SELECT count(*) AS half FROM sqlite_schema WHERE name = 'half'").get()?.half, 0);
});

test('a journal of a newer version, or a database of something else, is left alone', (t) => {
  const newer = new DatabaseSync(':memory:');
  migrate(newer, 'db', [...migrations, (db) => db.exec('CREATE TABLE more (a)')]);
  assert.throws(() => migrate(newer, 'db'), DataUnusable);
  const other = new DatabaseSync(join(temporary(t), 'other.db'));
  other.exec('CREATE TABLE theirs (a)');
  assert.throws(() => migrate(other, 'db'), DataUnusable);
  other.close();
});

test('a journal that version 1 made is opened: all that was in it is there, and it takes bans', async (t) => {
  const directory = temporary(t);
  const old = new DatabaseSync(journalPath(directory));
  migrate(old, 'old', migrations.slice(0, 1));
  old.exec(`
    INSERT INTO messages (id, at, author, "from", room, text) VALUES (5, 1005, 1, 'ana', '', 'hello');
    INSERT INTO members (identity, name, rooms) VALUES (1, 'ana', '[]');
  `);
  const found = old.prepare('INSERT INTO found (rowid, scope, text) VALUES (?, ?, ?)');
  found.run(5, scopeOf(message(5, { text: 'hello' })), 'hello');
  const secret = old.prepare('SELECT secret FROM meta').get()?.secret;
  old.close();
  const first = await openJournal(directory);
  assert.deepEqual(first.restored, {
    secret: new Uint8Array(secret as Uint8Array),
    lastId: 5,
    members: [{ identity: 1, name: 'ana', rooms: [], refs: [] }],
    bans: [],
    withdrawn: [],
  });
  assert.deepEqual((await first.journal.history(lobby)).messages, [message(5, { text: 'hello' })]);
  const ban: Ban = { subject: { type: 'network', network: '10.0.0.0/8' }, since: 7 };
  await kept(first.journal, [{ type: 'ban', ban }]);
  await first.journal.close();
  const { journal, restored } = await openJournal(directory);
  assert.deepEqual(restored.bans, [ban]);
  await journal.close();
});
