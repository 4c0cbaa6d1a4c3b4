/** Whether a file is a whole journal, and what is in it. */
import { DatabaseSync } from 'node:sqlite';
import { DataUnusable, reasonOf } from './errors.ts';
import { checkVersion } from './schema.ts';

/**
 * Opens a database that no server has, and makes one file of it: without a write-ahead log it can be copied as it is, and read where nothing
 * can be written. Throws DataUnusable unless every page of it is as it should be (1 to 2 s for 1,000,000 messages); `name` is what it is called then.
 */
export function openWhole(path: string, name: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    checkVersion(db, name);
    const found = db.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
    if (found !== 'ok')
      throw new DataUnusable(`${name} is damaged (${reasonOf(found)}): restore an earlier backup`);
    if (!(db.prepare('SELECT secret FROM meta').get()?.secret instanceof Uint8Array))
      throw new DataUnusable(`${name} is damaged (it has no secret): restore an earlier backup`);
    db.exec('PRAGMA journal_mode = DELETE');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof DataUnusable) throw error;
    throw new DataUnusable(
      `${name} is no journal of Palabre's, or damaged (${reasonOf(error)}): restore an earlier backup`,
    );
  }
}

/** How many messages there are. Reads as much as there are: 0.1 s for 1,000,000. */
export function messagesIn(db: DatabaseSync): number {
  return Number(db.prepare('SELECT count(*) AS messages FROM messages').get()?.messages);
}
