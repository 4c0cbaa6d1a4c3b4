/** Reading pages of history. In the reader's thread. */
import type { DatabaseSync } from 'node:sqlite';
import type { HistoryQuery } from './kept.ts';
import { MESSAGE_COLUMNS, type MessageRow } from './rows.ts';
import { searches } from './terms.ts';

/** `HistoryPage` as it goes from thread to thread. */
export interface HistoryRows {
  readonly messages: readonly MessageRow[];
  readonly more: boolean;
}

export class History {
  readonly #db: DatabaseSync;
  readonly #newest;
  readonly #oldest;
  readonly #messages;

  constructor(db: DatabaseSync) {
    this.#db = db;
    // FTS5 skips to an id only if it is an integer, and node:sqlite binds every number as a real one.
    const ids = `
      SELECT rowid FROM found
      WHERE found MATCH ? AND rowid > CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER) ORDER BY rowid`;
    this.#newest = db.prepare(`${ids} DESC LIMIT ?`);
    this.#oldest = db.prepare(`${ids} LIMIT ?`);
    this.#messages = db.prepare(
      `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    );
    for (const statement of [this.#newest, this.#oldest, this.#messages]) statement.setReturnArrays(true);
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
    const statement = first === 'newest' ? this.#newest : this.#oldest;
    const found = searches(query).flatMap(
      ({ match, after }) => statement.all(match, after, before, limit + 1) as unknown as [number][],
    );
    const ids = found.map(([id]) => id).sort((a, b) => (first === 'newest' ? b - a : a - b));
    return ids.slice(0, limit + 1);
  }
}
