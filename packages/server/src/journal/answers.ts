/** A worker's way of answering: a port of their own, so that thread.ts can look for answers in the middle of a turn, and a count, so that it can sleep until the next one. */
import type { MessagePort } from 'node:worker_threads';

/** What a worker answers: a value, or why there is none. */
export type Reply<Value> = { readonly value: Value } | { readonly error: string };

/** Part of a worker's `workerData`. */
export interface AnswersData {
  readonly answers: MessagePort;
  /** Shared: how many have been given. */
  readonly answered: Int32Array;
}

/** To be given the `workerData`: gives answers, to what was asked first. */
export function answering<Value>({ answers, answered }: AnswersData): (reply: Reply<Value>) => void {
  return (reply) => {
    answers.postMessage(reply);
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  };
}
