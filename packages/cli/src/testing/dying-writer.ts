/**
 * Loaded before `palabre` (`--import`): the first thread of its journal dies when it is given a text with `fatal` in it, before it has kept that
 * (`DIES=before`), or once it has and before anybody was told (`DIES=after`).
 */
import { syncBuiltinESMExports } from 'node:module';
import threads, { MessagePort, Worker } from 'node:worker_threads';

const { postMessage } = Worker.prototype;
const { on } = MessagePort.prototype;
const { receiveMessageOnPort } = threads;
/** Has kept what kills it, or is about to: what is heard of it next is not told. */
let dying: Worker | undefined;

function isUnheard(): boolean {
  void dying?.terminate();
  return dying !== undefined;
}

Worker.prototype.postMessage = function (this: Worker, asked: unknown): void {
  if (JSON.stringify(asked)?.includes('fatal')) {
    if (process.env.DIES === 'before') {
      void this.terminate();
      return;
    }
    dying = this;
  }
  postMessage.call(this, asked);
};

function onHeard(this: MessagePort, event: string, listener: (value: unknown) => void): MessagePort {
  const heard = (value: unknown): void => {
    if (!isUnheard()) listener(value);
  };
  return Reflect.apply(on, this, [event, heard]);
}

Object.defineProperty(MessagePort.prototype, 'on', { value: onHeard });
threads.receiveMessageOnPort = (port) => (isUnheard() ? undefined : receiveMessageOnPort(port));
syncBuiltinESMExports();
