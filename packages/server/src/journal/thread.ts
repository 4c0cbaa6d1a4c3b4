/** The server's side of a worker thread that answers one request after the other. */
import { Worker } from 'node:worker_threads';
import { reasonOf } from './errors.ts';

/** What a worker answers: a value, or why there is none. */
export type Reply<Value> = { readonly value: Value } | { readonly error: string };

/** MB that a worker's short-lived objects may take: what it is asked and answers lives for a moment, and V8 would let it gather to 48. */
const YOUNG_MB = 8;

interface Asker<Value> {
  resolve(value: Value): void;
  reject(error: Error): void;
}

export class Thread<Request, Value> {
  readonly #worker: Worker;
  readonly #failure: (reason: string) => Error;
  readonly #asking: Asker<Value>[] = [];
  readonly #ended: Promise<void>;
  #end: string | undefined;
  #died = false;
  /** Called, with why, if it ends by itself; what it had not answered is rejected. */
  onDeath: (reason: string) => void = () => {};

  /** `failure` makes the error that a request is rejected with, from why it cannot be done. */
  constructor(file: URL, workerData: object, failure: (reason: string) => Error) {
    this.#failure = failure;
    // Without what the process was started with (--import …): a worker needs nothing but its file.
    this.#worker = new Worker(file, {
      workerData,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', (reply: Reply<Value>) => this.#answer(reply));
    this.#worker.on('error', (error) => this.#stop(reasonOf(error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#stop('its thread has ended');
        resolve();
      });
    });
  }

  /** It has ended by itself: nothing will be answered any more. */
  get died(): boolean {
    return this.#died;
  }

  /** Rejects if the worker says so, has died, or dies before it answers. */
  ask(request: Request): Promise<Value> {
    if (this.#end !== undefined) return Promise.reject(this.#failure(this.#end));
    this.#worker.postMessage(request);
    return this.heard();
  }

  /** What the worker says next, after what it was asked before, without being asked. */
  heard(): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#end === undefined) this.#asking.push({ resolve, reject });
      else reject(this.#failure(this.#end));
    });
  }

  /** Lets it answer what it was asked, then end; resolves when it has. What is asked from now on is rejected. */
  close(): Promise<void> {
    if (this.#end === undefined) this.#worker.postMessage('close');
    this.#end ??= 'it is closed';
    return this.#ended;
  }

  #answer(reply: Reply<Value>): void {
    const asker = this.#asking.shift();
    if ('value' in reply) asker?.resolve(reply.value);
    else asker?.reject(this.#failure(reply.error));
  }

  #stop(reason: string): void {
    const died = this.#end === undefined;
    this.#end ??= reason;
    this.#died ||= died;
    for (const { reject } of this.#asking.splice(0)) reject(this.#failure(reason));
    if (died) this.onDeath(reason);
  }
}
