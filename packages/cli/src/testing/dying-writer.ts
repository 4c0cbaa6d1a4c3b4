/**
 * Loaded before `palabre` (`--import`): the first thread of its journal dies when it is given a text with `fatal` in it, before it has kept that
 * (`DIES=before`), or once it has and before anybody was told (`DIES=after`).
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** As it is before it is replaced, here too, by `receive`. */
const receiveReally = receiveMessageOnPort;
/** Where the answers of each thread come out, in the order in which the threads were started. */
const answers: MessagePort[] = [];
/** The thread whose next answer is its end. */
let doomed: Worker | undefined;

class KnownChannel extends MessageChannel {
  constructor() {
    super();
    answers.push(this.port1);
  }
}

function receive(port: MessagePort): { message: unknown } | undefined {
  const received: { message: unknown } | undefined = receiveReally(port);
  if (!received || !doomed || port !== answers[0]) return received;
  void doomed.terminate();
  return undefined;
}

Object.assign(createRequire(import.meta.url)('node:worker_threads'), {
  MessageChannel: KnownChannel,
  receiveMessageOnPort: receive,
});
syncBuiltinESMExports();

const { postMessage } = Worker.prototype;

Worker.prototype.postMessage = function (this: Worker, asked: unknown): void {
  if (JSON.stringify(asked)?.includes('fatal')) {
    if (process.env.DIES === 'before') {
      void this.terminate();
      return;
    }
    doomed = this;
    answers[0]?.removeAllListeners('message').on('message', () => void this.terminate());
  }
  postMessage.call(this, asked);
};
