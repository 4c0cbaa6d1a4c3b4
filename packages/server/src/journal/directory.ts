/** The directory of a journal: made, locked, and its database opened. Nobody but the server's own user may read what is in it. */
import { accessSync, chmodSync, closeSync, constants, fchmodSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataInUse, DataUnusable, reasonOf, sqliteCode } from './errors.ts';
import { checkVersion, migrate } from './schema.ts';

const SQLITE_BUSY = 5;
const SQLITE_NOTADB = 26;
/** ms to wait for a lock that the other thread of the same server holds for an instant. */
const TIMEOUT = 5_000;
/** KiB of pages that each thread holds in memory. */
const CACHE = 16_384;

export const journalPath = (directory: string): string => join(directory, 'journal.db');

/** A journal's database open for writing, and what keeps other servers off it. */
export interface Held {
  readonly db: DatabaseSync;
  /** Ends both; what is in the write-ahead log goes to the database. */
  release(): void;
}

/** Makes the directory if need be, and takes it for this thread. Throws DataInUse or DataUnusable. */
export function hold(directory: string): Held {
  makeDirectory(directory);
  const lock = takeLock(directory);
  try {
    const db = openDatabase(journalPath(directory));
    const release = () => {
      db.close();
      lock.close();
    };
    return { db, release };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Opens the database to read; it must have been opened for writing before. Whether it is a journal is not looked at. */
export function openToRead(directory: string): DatabaseSync {
  const db = new DatabaseSync(journalPath(directory), { readOnly: true, timeout: TIMEOUT });
  db.exec(`PRAGMA cache_size = -${CACHE}`);
  return db;
}

/** Opens a journal that there is already, to read, whether or not a server has it. Throws DataUnusable. */
export function openExisting(directory: string): DatabaseSync {
  const path = journalPath(directory);
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES')
      throw new DataUnusable(`${directory} is not for this user to read: be the one that the server runs as`);
    throw new DataUnusable(`there is no journal in ${directory}: name the server's directory with --data`);
  }
  let db: DatabaseSync | undefined;
  try {
    db = openToRead(directory);
    checkVersion(db, path);
    return db;
  } catch (error) {
    db?.close();
    throw unusable(path, error);
  }
}

/** Makes the directory if need be, for nobody but its owner. Throws DataUnusable. */
export function makeDirectory(directory: string): void {
  try {
    const made = mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (made !== undefined) chmodSync(directory, 0o700);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new DataUnusable(`${directory} is not a directory: name another with --data`);
    }
    throw new DataUnusable(
      `${directory} cannot be made (${reasonOf(error)}): name another directory with --data`,
    );
  }
}

/**
 * An exclusive transaction on an empty database of its own, never ended: the system lets go of it when the process dies,
 * however it dies, which no file with a process id in it does. Throws DataInUse or DataUnusable.
 */
export function takeLock(directory: string): DatabaseSync {
  const path = join(directory, 'lock');
  makeFile(path);
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (sqliteCode(error) === SQLITE_BUSY) throw new DataInUse(directory);
    throw unusable(path, error);
  }
}

function openDatabase(path: string): DatabaseSync {
  makeFile(path);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: TIMEOUT });
    // A commit is on the disk when it returns. A write-ahead log of 1,000 pages (4 MiB) goes to the database at once: little to
    // do at a start, and few ms each time; one that a long read has let grow is cut to 16 MiB.
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 1000;
      PRAGMA journal_size_limit = ${16 * 1024 * 1024};
      PRAGMA cache_size = -${CACHE};
    `);
    migrate(db, path);
    return db;
  } catch (error) {
    db?.close();
    throw unusable(path, error);
  }
}

/**
 * Makes an empty file that SQLite will take for an empty database; the files that SQLite adds have the same permissions. One
 * that exists is never opened here: closing it again would end the locks that this process holds on it (fcntl(2)).
 */
function makeFile(path: string): void {
  try {
    const file = openSync(path, 'wx', 0o600);
    fchmodSync(file, 0o600); // Whatever the umask.
    closeSync(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): DataUnusable {
  if (error instanceof DataUnusable) return error;
  if (sqliteCode(error) === SQLITE_NOTADB) {
    return new DataUnusable(`${path} is not a database: move it away, or name another directory with --data`);
  }
  return new DataUnusable(
    `${path} cannot be used (${reasonOf(error)}): make it writable, or name another directory with --data`,
  );
}
