/**
 * The full-text index, in parts: each has the messages of some ids in a row, one FTS5 table to a part. The table `parts` names them by the
 * first id that each may have.
 *
 * FTS5 gathers all that the beginning of a word finds before it says the first of it: 6 ms for a frequent word among 1,000,000 messages, which
 * the chat has to sit out where both share a core. The newest of many small parts is asked first, and mostly the only one that is.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Search } from './terms.ts';
import { transaction } from './transaction.ts';

/** How far apart the first ids of two parts are, at the least. */
export const IDS_IN_PART = 65_536;

/**
 * How the segments of a part are joined, which each commit adds one to and every question has to look at: by `tidy`, a little at a time. FTS5 by itself
 * does so in the middle of a commit (automerge), which then takes 13 ms at times; it still does where `tidy` does not keep up.
 */
const MERGING = { automerge: 0, crisismerge: 64 };
/** Leaves of 4 KiB that a step of it writes. */
const LEAVES_IN_STEP = 8;
/** Rows that FTS5 changes at least if it was told to merge and had anything to merge (its manual, "The 'merge' command"). */
const CHANGES_OF_A_MERGE = 2;

/** Contentless: the text is in messages alone. `scope`: terms.ts. */
const INDEX = "fts5 (scope, text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')";

/** Which of those that a search finds are wanted: at most `limit` with an id below `before`, from the oldest or the newest on. */
export interface Wanted {
  readonly before: number;
  readonly limit: number;
  readonly first: 'oldest' | 'newest';
}

/** Finds, part by part. */
export class PartsToRead {
  readonly #db: DatabaseSync;
  readonly #firsts;
  readonly #pause;
  /** By the first id of a part. */
  readonly #statements = {
    oldest: new Map<number, StatementSync>(),
    newest: new Map<number, StatementSync>(),
  };

  /** `pause` is called between two parts. */
  constructor(db: DatabaseSync, pause: () => void = () => {}) {
    this.#db = db;
    this.#firsts = firstsOf(db);
    this.#pause = pause;
  }

  /** Ids: of one search after the other, each in the order that is wanted. To be called within a transaction: the parts may be others in the next one. */
  find(searches: readonly Search[], wanted: Wanted): number[] {
    const firsts = this.#firsts();
    this.#forget(firsts);
    return searches.flatMap((search) => this.#find(search, wanted, firsts));
  }

  #find({ match, after }: Search, { before, limit, first }: Wanted, firsts: readonly number[]): number[] {
    const within = firsts.filter((start, i) => start < before && (firsts[i + 1] ?? before) > after + 1);
    if (first === 'newest') within.reverse();
    const ids: number[] = [];
    for (const start of within) {
      if (start !== within[0]) this.#pause();
      const rows = this.#statement(start, first).all(match, after, before, limit - ids.length);
      for (const [id] of rows as unknown as [number][]) ids.push(id);
      if (ids.length === limit) break;
    }
    return ids;
  }

  #statement(start: number, first: Wanted['first']): StatementSync {
    const statements = this.#statements[first];
    const known = statements.get(start);
    if (known) return known;
    const table = tableOf(start);
    // FTS5 skips to an id only if it is an integer, and node:sqlite binds every number as a real one.
    const statement = this.#db.prepare(`
      SELECT rowid FROM ${table}
      WHERE ${table} MATCH ? AND rowid > CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER)
      ORDER BY rowid ${first === 'newest' ? 'DESC' : 'ASC'} LIMIT ?`);
    statement.setReturnArrays(true);
    statements.set(start, statement);
    return statement;
  }

  /** Lets go of what asks parts that have been dropped. */
  #forget(firsts: readonly number[]): void {
    for (const statements of Object.values(this.#statements)) {
      if (statements.size <= firsts.length) continue;
      for (const start of statements.keys()) if (!firsts.includes(start)) statements.delete(start);
    }
  }
}

/** Adds and takes out, begins new parts and drops those that are over: for the one that writes. */
export class PartsToWrite {
  readonly #db: DatabaseSync;
  readonly #idsInPart: number;
  readonly #changes;
  /** Ascending by their first ids. */
  #parts: readonly PartToWrite[];

  constructor(db: DatabaseSync, idsInPart: number) {
    this.#db = db;
    this.#idsInPart = idsInPart;
    this.#parts = firstsOf(db)().map((first) => new PartToWrite(db, first));
    const changes = db.prepare('SELECT total_changes() AS changes');
    this.#changes = () => Number(changes.get()?.changes);
  }

  /** Begins a new part with this id, the highest so far, if one is due: in a transaction of its own, before that in which it is added. */
  makeRoomFor(id: number): void {
    if (id < this.#partOf(id).first + this.#idsInPart) return;
    const part = new PartToWrite(this.#db, id);
    transaction(this.#db, () => {
      this.#db.exec(`
        CREATE VIRTUAL TABLE ${tableOf(id)} USING ${INDEX};
        INSERT INTO parts (first) VALUES (${id})`);
      for (const [name, value] of Object.entries(MERGING)) part.set(name, value);
    });
    this.#parts = [...this.#parts, part];
  }

  add(id: number, scope: string, text: string): void {
    this.#partOf(id).add.run(id, scope, text);
  }

  /** The index does not hold what it was given: to take something out it must be given the same again. */
  take(id: number, scope: string, text: string): void {
    this.#partOf(id).take.run(id, scope, text);
  }

  /**
   * Goes on joining segments: in the part that is added to, where there are four of a size; in older ones until there is one. A step of about 0.5 ms;
   * says whether there may be more to do.
   */
  tidy(): boolean {
    const newest = this.#parts.at(-1);
    if (newest && this.#merges(newest, LEAVES_IN_STEP)) return true;
    const part = this.#parts.find(({ tidy }) => !tidy);
    if (!part || part === newest) return false;
    part.tidy = !this.#merges(part, -LEAVES_IN_STEP);
    return true;
  }

  /** Drops the parts for ids up to this one, all of which have been taken out: not the one to which more is added. */
  dropUpTo(id: number): void {
    for (;;) {
      const [part, next] = this.#parts;
      if (!part || !next || next.first > id + 1) return;
      transaction(this.#db, () =>
        this.#db.exec(`DROP TABLE ${tableOf(part.first)}; DELETE FROM parts WHERE first = ${part.first}`),
      );
      this.#parts = this.#parts.slice(1);
    }
  }

  /** Whether there was anything to join. `leaves` under 0: whatever their sizes. */
  #merges(part: PartToWrite, leaves: number): boolean {
    const before = this.#changes();
    part.set('merge', leaves);
    return this.#changes() - before >= CHANGES_OF_A_MERGE;
  }

  #partOf(id: number): PartToWrite {
    const part = this.#parts.findLast(({ first }) => first <= id);
    if (!part) throw new Error(`no part of the index is for ${id}`);
    return part;
  }
}

class PartToWrite {
  readonly first: number;
  /** It is known to be one segment. */
  tidy = false;
  readonly #db: DatabaseSync;
  #add: StatementSync | undefined;
  #take: StatementSync | undefined;

  constructor(db: DatabaseSync, first: number) {
    this.#db = db;
    this.first = first;
  }

  get add(): StatementSync {
    this.#add ??= this.#db.prepare(`INSERT INTO ${this.#table} (rowid, scope, text) VALUES (?, ?, ?)`);
    return this.#add;
  }

  get take(): StatementSync {
    const table = this.#table;
    this.#take ??= this.#db.prepare(
      `INSERT INTO ${table} (${table}, rowid, scope, text) VALUES ('delete', ?, ?, ?)`,
    );
    return this.#take;
  }

  /** Gives FTS5 one of its commands, or a setting of this part. */
  set(name: string, value: number): void {
    const table = this.#table;
    this.#db.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('${name}', ${value})`);
  }

  get #table(): string {
    return tableOf(this.first);
  }
}

/** The table of the part that begins with this id. */
function tableOf(first: number): string {
  return `found_${first}`;
}

/** Asks for the first ids of all parts, ascending. */
function firstsOf(db: DatabaseSync): () => number[] {
  const statement = db.prepare('SELECT first FROM parts ORDER BY first');
  statement.setReturnArrays(true);
  return () => (statement.all() as unknown as [number][]).map(([first]) => first);
}
