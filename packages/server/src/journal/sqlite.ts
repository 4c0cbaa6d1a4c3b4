/**
 * The journal in SQLite: a directory with one database in WAL mode, `synchronous=FULL`. One worker thread writes, another one
 * reads, so that neither an fsync nor a long search stops the chat.
 *
 *     kept.ts       what is kept and what can be asked
 *     rows.ts       … as it goes from thread to thread and into tables; orders.ts: what an operator has ordered
 *     thread.ts     a worker, seen from the server
 *     writer.ts     the worker that writes: directory.ts, schema.ts, restore.ts at the start, then tables.ts; retention.ts
 *                   between commits
 *     reader.ts     the worker that reads: history.ts; terms.ts says what it looks for
 */
import { DataInUse, DataUnusable, JournalUnreadable, JournalUnwritable } from './errors.ts';
import type { HistoryRows } from './history.ts';
import type { HistoryPage, HistoryQuery, Journal, JournalRecord, Restored } from './kept.ts';
import type { ReaderData } from './reader.ts';
import { restoredOf } from './restore.ts';
import { type Batch, batchOf, messageOf } from './rows.ts';
import { Thread } from './thread.ts';
import type { Opened, WriterData } from './writer.ts';

export interface JournalOptions {
  /** For how long messages are kept, in ms; absent: for good. */
  readonly keepMs?: number | undefined;
}

/**
 * Opens the journal in `directory`, which is made if need be, and takes it for this process. Rejects with DataInUse if another
 * server has it, with DataUnusable if there can be no journal there.
 */
export async function openJournal(
  directory: string,
  options: JournalOptions = {},
): Promise<{ journal: Journal; restored: Restored }> {
  const data: WriterData = { directory, keepMs: options.keepMs };
  const writer = new Thread<Batch, Opened | undefined>(
    new URL(import.meta.resolve('#journal/writer')),
    data,
    (reason) => new JournalUnwritable(reason),
  );
  const opened = await writer.heard();
  switch (opened?.type) {
    case 'opened':
      return { journal: new SqliteJournal(directory, writer), restored: restoredOf(opened.restored) };
    case 'in use':
      await writer.close();
      throw new DataInUse(directory);
    default:
      await writer.close();
      throw new DataUnusable(opened?.why ?? `${directory} cannot be used`);
  }
}

class SqliteJournal implements Journal {
  readonly #writer: Thread<Batch, unknown>;
  readonly #reader: Thread<HistoryQuery, HistoryRows>;

  constructor(directory: string, writer: Thread<Batch, unknown>) {
    this.#writer = writer;
    const data: ReaderData = { directory };
    this.#reader = new Thread(
      new URL(import.meta.resolve('#journal/reader')),
      data,
      (reason) => new JournalUnreadable(reason),
    );
  }

  keep(records: readonly JournalRecord[]): Promise<void> | undefined {
    if (records.length === 0) return undefined;
    return this.#writer.ask(batchOf(records)).then(() => undefined);
  }

  async history(query: HistoryQuery): Promise<HistoryPage> {
    const { messages, more } = await this.#reader.ask(query);
    return { messages: messages.map(messageOf), more };
  }

  /** The writer comes last: the last one that closes a database in WAL mode tidies up. */
  async close(): Promise<void> {
    await this.#reader.close();
    await this.#writer.close();
  }
}
