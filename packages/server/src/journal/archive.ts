/** Everything that was said, to be read from its beginning to its end, whether or not a server writes to it meanwhile. */
import type { DatabaseSync } from 'node:sqlite';
import { openExisting } from './directory.ts';
import type { KeptMessage } from './kept.ts';
import { MESSAGE_COLUMNS, type MessageRow, messageOf } from './rows.ts';

export class Archive implements Disposable {
  readonly #db: DatabaseSync;
  readonly #oldest;
  readonly #newest;

  /** Throws DataUnusable if there is no journal in `directory`. */
  constructor(directory: string) {
    this.#db = openExisting(directory);
    this.#oldest = this.#db.prepare(
      `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id > ? ORDER BY id LIMIT ?`,
    );
    this.#newest = this.#db.prepare(`SELECT ${MESSAGE_COLUMNS} FROM messages ORDER BY id DESC LIMIT 1`);
    for (const statement of [this.#oldest, this.#newest]) statement.setReturnArrays(true);
  }

  /**
   * The oldest messages with an id over `after`, at most `limit`. Each call sees what is kept when it is made: no transaction stays open, for
   * which the server's write-ahead log would have to grow.
   */
  after(after: number, limit: number): KeptMessage[] {
    return (this.#oldest.all(after, limit) as unknown as MessageRow[]).map(messageOf);
  }

  newest(): KeptMessage | undefined {
    const row = this.#newest.get() as unknown as MessageRow | undefined;
    return row && messageOf(row);
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
