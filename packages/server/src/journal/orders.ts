/** What an operator has ordered, as rows: who is kept out (4.7), and which invitations are withdrawn. In the writer's thread but for the rows. */
import type { DatabaseSync } from 'node:sqlite';
import { type Name, nameKey } from '@palabre/protocol';
import type { Ban, JournalRecord, Restored } from './kept.ts';

type Order = Extract<JournalRecord, { type: 'ban' | 'unban' | 'withdrawn' }>;

type BanRow = [
  kind: Ban['subject']['type'],
  subject: string,
  shown: string,
  since: number,
  until: number | null,
  reason: string | null,
];

export type OrderRow =
  | readonly ['ban', ...BanRow]
  | readonly ['unban', kind: string, subject: string]
  | readonly ['withdrawn', invitation: string, until: number];

/** What of `Restored` is an operator's. */
export interface OrderedRows {
  readonly bans: readonly BanRow[];
  readonly withdrawn: Restored['withdrawn'];
}

export function orderRow(record: Order): OrderRow {
  switch (record.type) {
    case 'ban': {
      const { subject, since, until, reason } = record.ban;
      const shown = subject.type === 'name' ? subject.name : subject.network;
      return ['ban', ...keyOf(subject), shown, since, until ?? null, reason ?? null];
    }
    case 'unban':
      return ['unban', ...keyOf(record.subject)];
    case 'withdrawn':
      return ['withdrawn', record.invitation, record.until];
    default:
      return record satisfies never;
  }
}

function keyOf(subject: Ban['subject']): [kind: Ban['subject']['type'], key: string] {
  return subject.type === 'name' ? ['name', nameKey(subject.name)] : ['network', subject.network];
}

/** The bans of rows that `orderRow` made. */
export function banOf([kind, , shown, since, until, reason]: BanRow): Ban {
  return {
    subject: kind === 'name' ? { type: 'name', name: shown as Name } : { type: 'network', network: shown },
    since,
    ...(until !== null && { until }),
    ...(reason !== null && { reason }),
  };
}

export class OrderTables {
  readonly #putBan;
  readonly #takeBan;
  readonly #putWithdrawn;
  readonly #overBans;
  readonly #overWithdrawn;

  constructor(db: DatabaseSync) {
    this.#putBan = db.prepare(
      'INSERT OR REPLACE INTO bans (kind, subject, shown, since, until, reason) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#takeBan = db.prepare('DELETE FROM bans WHERE kind = ? AND subject = ?');
    this.#putWithdrawn = db.prepare('INSERT OR REPLACE INTO withdrawn (invitation, until) VALUES (?, ?)');
    this.#overBans = db.prepare('DELETE FROM bans WHERE until <= ?');
    this.#overWithdrawn = db.prepare('DELETE FROM withdrawn WHERE until <= ?');
  }

  /** To be called in a transaction. */
  keep(row: OrderRow): void {
    switch (row[0]) {
      case 'ban':
        this.#putBan.run(...row.slice(1));
        break;
      case 'unban':
        this.#takeBan.run(row[1], row[2]);
        break;
      default:
        this.#putWithdrawn.run(row[1], row[2]);
    }
  }

  /** Takes out what is over at that time, in ms since 1970. To be called in a transaction. */
  forget(now: number): void {
    this.#overBans.run(now);
    this.#overWithdrawn.run(now);
  }
}

/** What is not over at that time, in ms since 1970. */
export function restoreOrders(db: DatabaseSync, now: number): OrderedRows {
  const bans = db.prepare(
    'SELECT kind, subject, shown, since, until, reason FROM bans WHERE until IS NULL OR until > ? ORDER BY since',
  );
  const withdrawn = db.prepare('SELECT invitation, until FROM withdrawn WHERE until > ?');
  for (const statement of [bans, withdrawn]) statement.setReturnArrays(true);
  return {
    bans: bans.all(now) as unknown as BanRow[],
    withdrawn: withdrawn.all(now) as unknown as [string, number][],
  };
}
