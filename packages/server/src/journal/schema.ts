/**
 * The tables, and how a journal that an older version made becomes one of this version. A migration that was released is never
 * changed: the next one is added at the end. `PRAGMA user_version` says how many of them a journal has been through.
 */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { DataUnusable } from './errors.ts';
import { transaction } from './transaction.ts';

/** 'PLBR': says that a database is a journal of Palabre's. */
const APPLICATION = 0x504c4252;

export type Migration = (db: DatabaseSync) => void;

export const migrations: readonly Migration[] = [
  (db) => {
    db.exec(`
      CREATE TABLE messages (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        author INTEGER NOT NULL,
        "from" TEXT NOT NULL,
        room TEXT NOT NULL,
        room_name TEXT,
        "to" TEXT,
        recipient INTEGER,
        text TEXT NOT NULL,
        ref TEXT,
        re INTEGER,
        cont INTEGER
      );
      -- Contentless: the text is in messages alone. scope: terms.ts.
      CREATE VIRTUAL TABLE found USING fts5 (
        scope, text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
      );
      CREATE TABLE members (identity INTEGER PRIMARY KEY, name TEXT NOT NULL, rooms TEXT NOT NULL);
      -- One row. last_id covers what the ids in messages do not: those taken out, and those that members speak of.
      CREATE TABLE meta (secret BLOB NOT NULL, last_id INTEGER NOT NULL);
    `);
    db.prepare('INSERT INTO meta (secret, last_id) VALUES (?, 0)').run(randomBytes(32));
  },
  (db) => {
    db.exec(`
      -- kind: name or network. subject: the name's key, shown: the name as it was typed; of a network both are the same.
      CREATE TABLE bans (
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        shown TEXT NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER,
        reason TEXT,
        PRIMARY KEY (kind, subject)
      ) WITHOUT ROWID;
      -- Invitations, up to when they would have ended anyway.
      CREATE TABLE withdrawn (invitation TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
    `);
  },
  (db) => {
    db.exec(`
      -- What was the whole index is the first of its parts: parts.ts.
      ALTER TABLE found RENAME TO found_0;
      INSERT INTO found_0 (found_0, rank) VALUES ('automerge', 0), ('crisismerge', 64);
      CREATE TABLE parts (first INTEGER PRIMARY KEY);
      INSERT INTO parts (first) VALUES (0);
    `);
  },
];

/**
 * Brings a database to the newest version, each migration in a transaction of its own. Throws DataUnusable if it is somebody
 * else's database, or of a newer version.
 */
export function migrate(db: DatabaseSync, path: string, all: readonly Migration[] = migrations): void {
  if (!isEmpty(db)) checkVersion(db, path, all.length);
  const version = pragma(db, 'user_version');
  all.slice(version).forEach((migration, i) => {
    transaction(db, () => {
      migration(db);
      db.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${version + i + 1}`);
    });
  });
}

/** Throws DataUnusable if a database is not a journal of Palabre's, or one of a newer version than `newest`. */
export function checkVersion(db: DatabaseSync, path: string, newest = migrations.length): void {
  const version = pragma(db, 'user_version');
  if (pragma(db, 'application_id') !== APPLICATION) {
    throw new DataUnusable(
      `${path} is a database, but no journal of Palabre's: name another directory with --data`,
    );
  }
  if (version > newest) {
    throw new DataUnusable(
      `${path} was made by a newer Palabre (version ${version} of the journal, this one knows ${newest}): update Palabre`,
    );
  }
}

function isEmpty(db: DatabaseSync): boolean {
  return ['application_id', 'user_version', 'schema_version'].every((name) => pragma(db, name) === 0);
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}
