/** A journal made from a backup, for a server to go on with: `palabre restore`. */
import { chmodSync, chownSync, constants, existsSync, renameSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { journalPath, makeDirectory, takeLock } from './directory.ts';
import { CannotWrite, Draft, syncDirectory } from './draft.ts';
import { DataUnusable, reasonOf } from './errors.ts';
import { lastIdIn } from './restore.ts';
import { messagesIn, openWhole } from './whole.ts';

/** What belongs to a database, its own file first: one without its log is what SQLite clears up by itself, a log without its own is not. */
const FILES = ['', '-wal', '-shm'];

/**
 * Ids that no server has reached when a restore is made, whatever was said after the backup: as many for each ms since this moment
 * (1 January 2026) as no server gives out on the average, 100,000 a second.
 */
const IDS_SINCE = Date.UTC(2026, 0, 1);
const IDS_A_MS = 100;
/** Where the clock is behind what the journal holds. */
const IDS_AT_LEAST = 1_000_000_000;

export interface FromBackupOptions {
  readonly file: string;
  readonly directory: string;
  /** Whether a journal that is there already may be moved aside. */
  readonly overwrite: boolean;
  /** Ms since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

export interface FromBackup {
  readonly messages: number;
  /** When the newest of them was said, in ms since 1970; absent: there is none. */
  readonly newest: number | undefined;
  /** Ids go on above this one. */
  readonly lastId: number;
  /** Where the journal that was there is now. */
  readonly aside: string | undefined;
}

/**
 * Puts the copy that `backupJournal` made into `directory`, which is made if need be. Rejects with DataInUse where a server runs, with
 * DataUnusable or CannotWrite if `file` is no whole journal or there is one already: then all is as it was.
 */
export async function restoreJournal(options: FromBackupOptions): Promise<FromBackup> {
  const { file, directory, overwrite, now, signal } = options;
  checkFile(file);
  makeDirectory(directory);
  const lock = takeLock(directory);
  try {
    const path = journalPath(directory);
    const there = FILES.filter((end) => existsSync(`${path}${end}`));
    if (there.length > 0 && !overwrite) {
      throw new DataUnusable(
        `there is a journal in ${directory} already: name another directory with --data, or move it aside with --force`,
      );
    }
    const draft = new Draft(path, true);
    try {
      await copy(file, draft.path);
      signal?.throwIfAborted();
      const { messages, newest, lastId } = prepare(draft.path, file, now);
      signal?.throwIfAborted();
      for (const made of [draft.path, join(directory, 'lock')]) giveTo(made, directory);
      const aside = there.length > 0 ? moveAside(directory, there, now) : undefined;
      draft.finish();
      return { messages, newest, lastId, aside };
    } catch (error) {
      draft.discard();
      throw error;
    }
  } finally {
    lock.close();
  }
}

function checkFile(file: string): void {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new DataUnusable(`${file} is not a file: name one that 'palabre backup' has made`);
  }
  // As a server's own journal has: what it says last is only there.
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) {
    throw new DataUnusable(
      `${file} belongs to a server (there is ${file}-wal): name one that 'palabre backup' has made`,
    );
  }
}

/** Where root restores, the files are those of whoever has the directory: a server that runs as another user can use them. */
function giveTo(path: string, directory: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(directory);
  chownSync(path, uid, gid);
}

async function copy(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    chmodSync(to, 0o600); // Not what the backup has, which may have been anywhere.
  } catch (error) {
    throw new CannotWrite(`${from} cannot be copied to ${to} (${reasonOf(error)})`);
  }
}

/** Makes a copy of a backup one that a server may go on with. */
function prepare(path: string, name: string, now: number): Omit<FromBackup, 'aside'> {
  const db = openWhole(path, name);
  try {
    const lastId = newLastId(db, now);
    db.prepare('UPDATE meta SET last_id = ?').run(lastId);
    const newest = db.prepare('SELECT at FROM messages ORDER BY id DESC LIMIT 1').get()?.at;
    return { messages: messagesIn(db), newest: newest === undefined ? undefined : Number(newest), lastId };
  } finally {
    db.close();
  }
}

/** What is given as the last id: nobody has seen a higher one, and no token shows a higher identity. */
function newLastId(db: DatabaseSync, now: number): number {
  return Math.max(IDS_A_MS * (now - IDS_SINCE), lastIdIn(db) + IDS_AT_LEAST);
}

/** Renames a journal, its log with it, and says where it is now. */
function moveAside(directory: string, ends: readonly string[], now: number): string {
  const until = new Date(now).toISOString().replaceAll(':', '-');
  const aside = join(directory, `journal-until-${until}.db`);
  for (const end of ends) renameSync(`${journalPath(directory)}${end}`, `${aside}${end}`);
  syncDirectory(directory);
  return aside;
}
