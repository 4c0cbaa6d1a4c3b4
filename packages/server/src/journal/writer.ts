/**
 * The journal's writer: a worker thread, the only one that writes. It is asked to keep one batch after the other; between them
 * it takes out what is too old, and keeps the index of the search in order.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type AnswersData, answering } from './answers.ts';
import { type Held, hold } from './directory.ts';
import { DataInUse, DataUnusable, reasonOf } from './errors.ts';
import { type RestoredRows, restore } from './restore.ts';
import type { Batch } from './rows.ts';
import { Tables } from './tables.ts';
import { retention, tidying } from './upkeep.ts';

/** ms until it is looked whether there is something to tidy: after the start, which has other things to do, and after something was kept. */
const TIDY_FIRST = 1_000;
const TIDY_AFTER = 20;

export interface WriterData {
  readonly directory: string;
  /** ms; absent: messages are kept for good. */
  readonly keepMs?: number | undefined;
}

/** What the writer says first, before it is asked for anything. */
export type Opened =
  | { readonly type: 'opened'; readonly restored: RestoredRows }
  | { readonly type: 'in use' }
  | { readonly type: 'unusable'; readonly why: string };

if (!parentPort) throw new Error('writer.ts is run by sqlite.ts, as a worker');
const port = parentPort;
const { directory, keepMs, ...answers }: WriterData & AnswersData = workerData;
const say = answering<Opened | undefined>(answers);

function open(): Held | undefined {
  let held: Held | undefined;
  try {
    held = hold(directory);
    say({ value: { type: 'opened', restored: restore(held.db) } });
    return held;
  } catch (error) {
    held?.release();
    if (error instanceof DataInUse) say({ value: { type: 'in use' } });
    else if (error instanceof DataUnusable) say({ value: { type: 'unusable', why: error.message } });
    else
      say({
        value: {
          type: 'unusable',
          why: `${directory} cannot be read (${reasonOf(error)}): name another with --data`,
        },
      });
  }
  return undefined;
}

const held = open();
if (held) {
  const tables = new Tables(held.db);
  const tidy = tidying(tables);
  tidy.wake(TIDY_FIRST);
  const forget = keepMs === undefined ? undefined : retention(tables, keepMs);
  forget?.wake(0);
  /** Why the last batch was not kept; absent if it was. */
  let failed: string | undefined;
  port.on('message', (request: Batch | 'close') => {
    if (request === 'close') {
      tidy.stop();
      forget?.stop();
      held.release();
      port.close();
      return;
    }
    if (request.follows && failed !== undefined) {
      say({ error: failed });
      return;
    }
    try {
      tables.keep(request);
      failed = undefined;
      say({ value: undefined });
      tidy.wake(TIDY_AFTER);
    } catch (error) {
      failed = reasonOf(error);
      say({ error: failed });
    }
  });
}
