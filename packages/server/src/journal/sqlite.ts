/**
 * The journal in SQLite: a directory with one database in WAL mode, `synchronous=FULL`. One worker thread writes, another one
 * reads, so that neither an fsync nor a long search stops the chat.
 *
 *     kept.ts       what is kept and what can be asked
 *     rows.ts       … as it goes from thread to thread and into tables; orders.ts: what an operator has ordered
 *     thread.ts     a worker, seen from the server; answers.ts: how it answers
 *     writer.ts     the worker that writes: directory.ts, schema.ts, restore.ts at the start, then tables.ts; upkeep.ts
 *                   between commits; parts.ts is the index that both sides use
 *     reader.ts     the worker that reads: history.ts; terms.ts says what it looks for; questions.ts: who is asked for first
 */
import { DataInUse, DataUnusable, JournalLost, JournalUnreadable, JournalUnwritable } from './errors.ts';
import type { HistoryRows } from './history.ts';
import type { HistoryPage, HistoryQuery, Journal, JournalRecord, Restored, Settled } from './kept.ts';
import { Questions } from './questions.ts';
import type { ReaderData } from './reader.ts';
import { restoredOf } from './restore.ts';
import { type Batch, batchOf, messageOf } from './rows.ts';
import { Thread } from './thread.ts';
import type { Opened, WriterData } from './writer.ts';

export interface JournalOptions {
  /** For how long messages are kept, in ms; absent: for good. */
  readonly keepMs?: number | undefined;
  /**
   * Is told if the thread that writes dies. What it was given last is then neither kept nor refused, and nothing more is taken: the process must end, and
   * the next one finds in the journal what was kept. By default the error is thrown where nobody catches it, which ends the process.
   */
  readonly onLost?: (error: JournalLost) => void;
  /** Is told, with why, if the thread that reads dies. The next query starts another. */
  readonly onReaderLost?: (reason: string) => void;
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
      writer.onDeath = (reason) => (options.onLost ?? raise)(new JournalLost(reason));
      return {
        journal: new SqliteJournal(directory, writer, options.onReaderLost ?? (() => {})),
        restored: restoredOf(opened.restored),
      };
    case 'in use':
      await writer.close();
      throw new DataInUse(directory);
    default:
      await writer.close();
      throw new DataUnusable(opened?.why ?? `${directory} cannot be used`);
  }
}

function raise(error: Error): never {
  throw error;
}

class SqliteJournal implements Journal {
  readonly #directory: string;
  readonly #writer: Thread<Batch, Opened | undefined>;
  readonly #onReaderLost: (reason: string) => void;
  readonly #questions = new Questions((query) => this.#read(query));
  #reader: Thread<HistoryQuery, HistoryRows>;
  #closed = false;

  constructor(
    directory: string,
    writer: Thread<Batch, Opened | undefined>,
    onReaderLost: (reason: string) => void,
  ) {
    this.#directory = directory;
    this.#writer = writer;
    this.#onReaderLost = onReaderLost;
    this.#reader = this.#startReader();
  }

  keep(records: readonly JournalRecord[], settled: Settled): boolean {
    if (records.length === 0) return false;
    this.#writer.request(batchOf(records, this.#writer.asked), (reply) => {
      if ('value' in reply) settled();
      // What a writer that died had not answered may be kept or not: it is neither acknowledged nor refused, for what is refused is said again.
      else if (!this.#writer.died) settled(new JournalUnwritable(reply.error));
    });
    return true;
  }

  wait(ms: number): void {
    this.#writer.wait(ms);
  }

  history(query: HistoryQuery, isWanted = () => true): Promise<HistoryPage> {
    return this.#questions.ask(query, isWanted);
  }

  /** The writer comes last: the last one that closes a database in WAL mode tidies up. */
  async close(): Promise<void> {
    await this.#questions.answered();
    this.#closed = true;
    await this.#reader.close();
    await this.#writer.close();
  }

  async #read(query: HistoryQuery): Promise<HistoryPage> {
    if (this.#reader.died && !this.#closed) this.#reader = this.#startReader();
    const { messages, more } = await this.#reader.ask(query);
    return { messages: messages.map(messageOf), more };
  }

  #startReader(): Thread<HistoryQuery, HistoryRows> {
    const data: ReaderData = { directory: this.#directory };
    const file = new URL(import.meta.resolve('#journal/reader'));
    const reader = new Thread<HistoryQuery, HistoryRows>(
      file,
      data,
      (reason) => new JournalUnreadable(reason),
    );
    reader.onDeath = this.#onReaderLost;
    return reader;
  }
}
