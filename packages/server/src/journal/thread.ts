/** The server's side of a worker thread that answers one request after the other. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { AnswersData, Reply } from './answers.ts';
import { reasonOf } from './errors.ts';

/** MB that a worker's short-lived objects may take: what it is asked and answers lives for a moment, and V8 would let it gather to 48. */
const YOUNG_MB = 8;

/** Is told what came of what was asked. */
export type Answered<Value> = (reply: Reply<Value>) => void;

export class Thread<Request, Value> {
  readonly #worker: Worker;
  readonly #answers: MessagePort;
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #failure: (reason: string) => Error;
  readonly #asking: Answered<Value>[] = [];
  readonly #ended: Promise<void>;
  #end: string | undefined;
  #died = false;
  /** Called, with why, if it ends by itself; what it had not answered is rejected. */
  onDeath: (reason: string) => void = () => {};

  /** The worker answers as answers.ts says. `failure` makes the error that a promise is rejected with, from why it cannot be done. */
  constructor(file: URL, workerData: object, failure: (reason: string) => Error) {
    this.#failure = failure;
    const { port1, port2 } = new MessageChannel();
    const data: AnswersData = { answers: port2, answered: this.#answered };
    // Without what the process was started with (--import …): a worker needs nothing but its file.
    this.#worker = new Worker(file, {
      workerData: { ...workerData, ...data },
      transferList: [port2],
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#answers = port1;
    port1.on('message', (reply: Reply<Value>) => this.#answer(reply));
    port1.unref(); // As long as the worker runs it keeps the process alive itself.
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

  /** Whether something was asked that it has not answered. */
  get asked(): boolean {
    return this.#asking.length > 0;
  }

  /** Rejects if the worker says so, has died, or dies before it answers. */
  ask(request: Request): Promise<Value> {
    return this.#promised((answered) => this.request(request, answered));
  }

  /** What the worker says next, after what it was asked before, without being asked. Rejects as `ask` does. */
  heard(): Promise<Value> {
    return this.#promised((answered) => this.#await(answered));
  }

  /** `ask` without a promise: `answered` is told within the turn in which the answer is seen. */
  request(request: Request, answered: Answered<Value>): void {
    if (this.#end === undefined) this.#worker.postMessage(request);
    this.#await(answered);
  }

  /**
   * Sleeps until there is an answer, if anything was asked, but no longer than `ms`; whoever asked is told at once. A worker that has the same core runs
   * meanwhile: while this thread is busy it would wait for its share of it, 4 ms and more (Linux, 250 Hz).
   */
  wait(ms: number): void {
    const answered = Atomics.load(this.#answered, 0);
    this.#take();
    if (!this.asked) return;
    Atomics.wait(this.#answered, 0, answered, ms);
    this.#take();
  }

  /** Lets it answer what it was asked, then end; resolves when it has. What is asked from now on is rejected. */
  close(): Promise<void> {
    if (this.#end === undefined) this.#worker.postMessage('close');
    this.#end ??= 'it is closed';
    return this.#ended;
  }

  #await(answered: Answered<Value>): void {
    const error = this.#end;
    if (error === undefined) this.#asking.push(answered);
    else queueMicrotask(() => answered({ error }));
  }

  #take(): void {
    for (;;) {
      const taken = receiveMessageOnPort(this.#answers);
      if (!taken) return;
      this.#answer(taken.message);
    }
  }

  #answer(reply: Reply<Value>): void {
    this.#asking.shift()?.(reply);
  }

  #promised(ask: (answered: Answered<Value>) => void): Promise<Value> {
    return new Promise((resolve, reject) =>
      ask((reply) => ('value' in reply ? resolve(reply.value) : reject(this.#failure(reply.error)))),
    );
  }

  #stop(reason: string): void {
    this.#take(); // What it said before.
    const died = this.#end === undefined;
    this.#end ??= reason;
    this.#died ||= died;
    for (const answered of this.#asking.splice(0)) answered({ error: reason });
    if (died) this.onDeath(reason);
  }
}
