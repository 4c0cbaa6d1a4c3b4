/** Writing to the tables: what is to be kept goes in, what is too old goes out. In the writer's thread. */
import type { DatabaseSync } from 'node:sqlite';
import { type OrderRow, OrderTables } from './orders.ts';
import { IDS_IN_PART, PartsToWrite } from './parts.ts';
import { type Batch, MESSAGE_COLUMNS, type MemberRow, type MessageRow, messageOf } from './rows.ts';
import { scopeOf } from './terms.ts';
import { transaction } from './transaction.ts';

export class Tables {
  readonly #db: DatabaseSync;
  readonly #orders: OrderTables;
  readonly #index: PartsToWrite;
  readonly #addMessage;
  readonly #putMember;
  readonly #takeMember;
  readonly #raiseLastId;
  readonly #oldest;
  readonly #takeMessages;

  constructor(db: DatabaseSync, idsInPart = IDS_IN_PART) {
    this.#db = db;
    this.#orders = new OrderTables(db);
    this.#index = new PartsToWrite(db, idsInPart);
    const places = MESSAGE_COLUMNS.replaceAll(/[^,]+/g, '?');
    this.#addMessage = db.prepare(`INSERT INTO messages (${MESSAGE_COLUMNS}) VALUES (${places})`);
    this.#putMember = db.prepare('INSERT OR REPLACE INTO members (identity, name, rooms) VALUES (?, ?, ?)');
    this.#takeMember = db.prepare('DELETE FROM members WHERE identity = ?');
    this.#raiseLastId = db.prepare('UPDATE meta SET last_id = ?1 WHERE last_id < ?1');
    this.#oldest = db.prepare(`SELECT ${MESSAGE_COLUMNS} FROM messages ORDER BY id LIMIT ?`);
    this.#oldest.setReturnArrays(true);
    this.#takeMessages = db.prepare('DELETE FROM messages WHERE id <= ?');
  }

  /** Keeps all of it, durably, or throws and keeps nothing. */
  keep({ messages, members, orders, place }: Batch): void {
    const newest = messages.at(-1);
    if (newest) this.#index.makeRoomFor(newest[0]);
    transaction(this.#db, () => {
      for (const row of messages) {
        this.#addMessage.run(...row);
        this.#index.add(row[0], scopeOf(messageOf(row)), row[8]);
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
      transaction(this.#db, () => {
        this.#raiseLastId.run(last);
        for (const row of old) this.#index.take(row[0], scopeOf(messageOf(row)), row[8]);
        this.#takeMessages.run(last);
      });
      this.#index.dropUpTo(last);
    }
    return { taken: old.length, oldest: rows[young]?.[1] };
  }

  /** Does a step, about 0.5 ms, of what keeps questions cheap; says whether there may be more to do. */
  tidy(): boolean {
    return this.#index.tidy();
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
}
