import { randomBytes } from 'node:crypto';
import type { Message } from '@palabre/client';
import { complain } from '../terminal/complain.ts';
import { enter } from '../terminal/entering.ts';
import { explain } from '../terminal/explain.ts';
import { keyOf } from '../terminal/key.ts';
import { Memory } from '../terminal/memory.ts';
import { asDevice, whereAndWho } from '../terminal/where.ts';
import type { TailFlags } from './command.ts';
import { Follow } from './follow.ts';
import { asJson, asText } from './format.ts';
import { Output } from './output.ts';
import { onReaderGone } from './reader.ts';

/** How long a good-bye may take, in ms. */
const GOODBYE_MS = 2000;

/** `palabre tail`: prints until it is stopped, or nobody reads what it prints. Resolves with the exit status. */
export async function tail(flags: TailFlags): Promise<number> {
  const { server, as, room, json, since } = flags;
  const name = as ?? `tail-${randomBytes(3).toString('hex')}`;
  const where = asDevice(whereAndWho({ server, as: name, key: keyOf(flags) }, new Memory()));
  const stop = new AbortController();
  const { signal } = stop;
  const interrupt = (): void => stop.abort();
  // Only the first: a second one ends the process at once.
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  let failure: unknown;
  const output = new Output(process.stdout, (error) => {
    if (error.code !== 'EPIPE') failure = error;
    stop.abort();
  });
  const endWatch = onReaderGone(interrupt);
  const format = json ? asJson : asText;
  const print = (message: Message): Promise<void> => output.print(format(message));
  try {
    const chat = await enter(where, signal);
    const follow = new Follow(chat, { room, since, print, signal });
    try {
      await follow.run();
    } finally {
      await output.flush();
      if (follow.shared) chat.detach();
      else await chat.close({ withinMs: GOODBYE_MS });
    }
    failure ??= await chat.closed;
  } catch (error) {
    if (!signal.aborted) failure = error;
  } finally {
    endWatch();
  }
  return failure ? complain(explain(failure, where.address), 1) : 0;
}
