/** Reading pages of history. In the reader's thread. */
import type { DatabaseSync } from 'node:sqlite';
import type { HistoryQuery } from './kept.ts';
import { PartsToRead } from './parts.ts';
import { MESSAGE_COLUMNS, type MessageRow } from './rows.ts';
import { searches } from './terms.ts';

/** `HistoryPage` as it goes from thread to thread. */
export interface HistoryRows {
  readonly messages: readonly MessageRow[];
  readonly more: boolean;
}

export class History {
  readonly #db: DatabaseSync;
  readonly #index: PartsToRead;
  readonly #messages;

  /** `pause` is called in the middle of what takes long. */
  constructor(db: DatabaseSync, pause?: () => void) {
    this.#db = db;
    this.#index = new PartsToRead(db, pause);
    this.#messages = db.prepare(
      `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    );
    this.#messages.setReturnArrays(true);
  }

  /** Sees what is committed when it is called, at one moment. */
  page(query: HistoryQuery): HistoryRows {
    const { limit, first } = query;
    this.#db.exec('BEGIN');
    try {
      const found = this.#ids(query);
      const ids = found.slice(0, limit);
      if (first === 'newest') ids.reverse();
      const messages = this.#messages.all(JSON.stringify(ids)) as unknown as MessageRow[];
      return { messages, more: found.length > limit };
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  /** The first ids that are asked for, one more than the limit if there are as many. */
  #ids(query: HistoryQuery): number[] {
    const { before = Number.MAX_SAFE_INTEGER, limit, first } = query;
    const ids = this.#index.find(searches(query), { before, limit: limit + 1, first });
    ids.sort((a, b) => (first === 'newest' ? b - a : a - b));
    return ids.slice(0, limit + 1);
  }
}
