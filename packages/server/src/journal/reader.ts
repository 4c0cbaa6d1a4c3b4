/**
 * The journal's reader: a worker thread that answers one query after the other, so that a long search stops neither the chat
 * nor a commit.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type AnswersData, answering } from './answers.ts';
import { openToRead } from './directory.ts';
import { reasonOf } from './errors.ts';
import { History, type HistoryRows } from './history.ts';
import type { HistoryQuery } from './kept.ts';
import { breather, giveWay } from './priority.ts';

export interface ReaderData {
  readonly directory: string;
}

if (!parentPort) throw new Error('reader.ts is run by sqlite.ts, as a worker');
const port = parentPort;
if (process.platform === 'linux') giveWay();
const { directory, ...answers }: ReaderData & AnswersData = workerData;
const say = answering<HistoryRows>(answers);
const db = openToRead(directory);
const history = new History(db, breather());

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
