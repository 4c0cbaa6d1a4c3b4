import type { DatabaseSync } from 'node:sqlite';

/** All that `write` writes is kept, durably, or nothing of it is and it throws. */
export function transaction(db: DatabaseSync, write: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    write();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK'); // SQLite may have done so itself.
    throw error;
  }
}
