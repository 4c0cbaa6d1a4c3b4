/**
 * The journal's reader: a worker thread that answers one query after the other, so that a long search stops neither the chat
 * nor a commit.
 */
import { constants, getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openToRead } from './directory.ts';
import { reasonOf } from './errors.ts';
import { History, type HistoryRows } from './history.ts';
import type { HistoryQuery } from './kept.ts';
import type { Reply } from './thread.ts';

export interface ReaderData {
  readonly directory: string;
}

if (!parentPort) throw new Error('reader.ts is run by sqlite.ts, as a worker');
const port = parentPort;
giveWay();
const { directory }: ReaderData = workerData;
const db = openToRead(directory);
const history = new History(db);

port.on('message', (request: HistoryQuery | 'close') => {
  if (request === 'close') {
    db.close();
    port.close();
    return;
  }
  try {
    say({ value: history.page(request) });
  } catch (error) {
    say({ error: reasonOf(error) });
  }
});

/** On Linux alone: elsewhere it is the process that has a priority. From where the chat's is: to raise one takes rights that few users have. */
function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + 10));
  } catch {
    // Not allowed even that: it reads all the same.
  }
}

function say(reply: Reply<HistoryRows>): void {
  port.postMessage(reply);
}
