/**
 * Loaded before `palabre` (`--import`): the first thread of its journal dies when it is given a text with `fatal` in it, before it has kept that
 * (`DIES=before`), or once it has and before anybody was told (`DIES=after`).
 */
import { Worker } from 'node:worker_threads';

const { postMessage, emit } = Worker.prototype;
const doomed = new WeakSet<Worker>();

Worker.prototype.postMessage = function (this: Worker, asked: unknown): void {
  if (JSON.stringify(asked)?.includes('fatal')) {
    if (process.env.DIES === 'before') {
      void this.terminate();
      return;
    }
    doomed.add(this);
  }
  postMessage.call(this, asked);
};

Worker.prototype.emit = function (this: Worker, event: string, ...rest: unknown[]): boolean {
  if (event !== 'message' || !doomed.has(this)) return Reflect.apply(emit, this, [event, ...rest]);
  void this.terminate();
  return true;
};
