/** A copy of a journal, made while a server writes to it or while none does. Only reads: the lock is the server's. */
import { statSync } from 'node:fs';
import { backup } from 'node:sqlite';
import { journalPath, openExisting } from './directory.ts';
import { CannotWrite, Draft } from './draft.ts';
import { DataUnusable, reasonOf } from './errors.ts';
import { messagesIn, openWhole } from './whole.ts';

/** Pages (of 4 KiB) between two reports of progress: 2 MiB, some 5 ms. */
const STEP = 512;

export interface BackupOptions {
  readonly directory: string;
  /** Where the copy goes; made with mode 0600. */
  readonly file: string;
  /** Whether `file` may be overwritten. */
  readonly overwrite: boolean;
  /** Is told how much is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Ends it; no file is left then. */
  readonly signal?: AbortSignal | undefined;
}

export interface Copied {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Copies the journal in `directory` as it is at the moment of the call: whatever was receipted before is in the copy, and nothing by
 * halves. The copy is checked, one file, and can be opened as it is. Rejects with DataUnusable or CannotWrite, or with what `signal` is
 * aborted with.
 */
export async function backupJournal(options: BackupOptions): Promise<Copied> {
  const { directory, file, overwrite, onProgress, signal } = options;
  const source = openExisting(directory);
  try {
    const draft = new Draft(file, overwrite);
    try {
      // A transaction that stays open sees one moment. Without it SQLite would begin anew after every commit of the server's, and not come
      // to an end while people talk. The server's write-ahead log grows meanwhile, and is cut again afterwards.
      source.exec('BEGIN');
      source.prepare('SELECT last_id FROM meta').get();
      await backup(source, draft.path, {
        rate: STEP,
        progress: ({ totalPages, remainingPages }) => {
          signal?.throwIfAborted();
          onProgress?.(1 - remainingPages / totalPages);
        },
      });
      signal?.throwIfAborted();
      const copy = openWhole(draft.path, journalPath(directory));
      const messages = messagesIn(copy);
      copy.close();
      draft.finish();
      return { messages, bytes: statSync(file).size };
    } catch (error) {
      draft.discard();
      if (signal?.aborted || error instanceof CannotWrite || error instanceof DataUnusable) throw error;
      throw new CannotWrite(`${directory} cannot be copied to ${file} (${reasonOf(error)})`);
    }
  } finally {
    source.close();
  }
}
