/** Writing to the tables: what is to be kept goes in, what is too old goes out. In the writer's thread. */
import type { DatabaseSync } from 'node:sqlite';
import { type OrderRow, OrderTables } from './orders.ts';
import { type Batch, MESSAGE_COLUMNS, type MemberRow, type MessageRow, messageOf } from './rows.ts';
import { scopeOf } from './terms.ts';

export class Tables {
  readonly #db: DatabaseSync;
  readonly #orders: OrderTables;
  readonly #addMessage;
  readonly #addFound;
  readonly #putMember;
  readonly #takeMember;
  readonly #raiseLastId;
  readonly #oldest;
  readonly #takeFound;
  readonly #takeMessages;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#orders = new OrderTables(db);
    const places = MESSAGE_COLUMNS.replaceAll(/[^,]+/g, '?');
    this.#addMessage = db.prepare(`INSERT INTO messages (${MESSAGE_COLUMNS}) VALUES (${places})`);
    this.#addFound = db.prepare('INSERT INTO found (rowid, scope, text) VALUES (?, ?, ?)');
    this.#putMember = db.prepare('INSERT OR REPLACE INTO members (identity, name, rooms) VALUES (?, ?, ?)');
    this.#takeMember = db.prepare('DELETE FROM members WHERE identity = ?');
    this.#raiseLastId = db.prepare('UPDATE meta SET last_id = ?1 WHERE last_id < ?1');
    this.#oldest = db.prepare(`SELECT ${MESSAGE_COLUMNS} FROM messages ORDER BY id LIMIT ?`);
    this.#oldest.setReturnArrays(true);
    // The index does not hold what it was given: to take something out it must be given the same again.
    this.#takeFound = db.prepare("INSERT INTO found (found, rowid, scope, text) VALUES ('delete', ?, ?, ?)");
    this.#takeMessages = db.prepare('DELETE FROM messages WHERE id <= ?');
  }

  /** Keeps all of it, durably, or throws and keeps nothing. */
  keep({ messages, members, orders, place }: Batch): void {
    this.#transaction(() => {
      for (const row of messages) {
        this.#addMessage.run(...row);
        this.#addFound.run(row[0], scopeOf(messageOf(row)), row[8]);
      }
      for (const row of members) this.#keepMember(row);
      if (orders) this.#keepOrders(orders);
      if (place !== undefined) this.#raiseLastId.run(place);
    });
  }

  /**
   * Takes out messages from before `time` (ms since 1970), oldest id first, at most `limit`; says how many, and the time of
   * the oldest that is left, `undefined` if none is known to be. Messages count as being in the order of their times: one from
   * a clock that was ahead keeps what follows it for as much longer.
   */
  forget(time: number, limit: number): { readonly taken: number; readonly oldest: number | undefined } {
    const rows = this.#oldest.all(limit) as unknown as MessageRow[];
    const young = rows.findIndex((row) => row[1] >= time);
    const old = young < 0 ? rows : rows.slice(0, young);
    const last = old.at(-1)?.[0];
    if (last !== undefined) {
      this.#transaction(() => {
        this.#raiseLastId.run(last);
        for (const row of old) this.#takeFound.run(row[0], scopeOf(messageOf(row)), row[8]);
        this.#takeMessages.run(last);
      });
    }
    return { taken: old.length, oldest: rows[young]?.[1] };
  }

  #keepMember(row: MemberRow): void {
    if (row.length === 1) {
      this.#takeMember.run(row[0]);
      return;
    }
    const [identity, name, rooms, place] = row;
    this.#putMember.run(identity, name, rooms);
    this.#raiseLastId.run(place);
  }

  // What is over goes when something comes.
  #keepOrders(orders: readonly OrderRow[]): void {
    this.#orders.forget(Date.now());
    for (const row of orders) this.#orders.keep(row);
  }

  #transaction(write: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      write();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK'); // SQLite may have done so itself.
      throw error;
    }
  }
}
