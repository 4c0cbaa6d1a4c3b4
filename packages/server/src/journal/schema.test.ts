import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { DataUnusable } from './errors.ts';
import { temporary } from './samples.ts';
import { type Migration, migrate, migrations } from './schema.ts';

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
