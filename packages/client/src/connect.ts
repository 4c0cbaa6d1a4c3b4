import { Chat } from './chat.ts';
import { systemClock } from './core/clock.ts';
import { isName } from './core/incoming.ts';
import { abortable } from './core/signal.ts';
import { Talk, type TalkOptions } from './core/talk.ts';
import { NotAName } from './errors.ts';
import type { ConnectOptions } from './options.ts';

/** How to reach a server. */
export type Way = Pick<TalkOptions, 'address' | 'dial' | 'interpreter'>;

/** Enters a chat in this way: what `connect` is made of. Throws as it does. */
export async function connectBy(way: Way, options: ConnectOptions): Promise<Chat> {
  const { signal, session, name = session?.name ?? '' } = options;
  const { queue = 1000, backlog = 10_000, clock = systemClock, random = Math.random } = options;
  if (!isName(name)) throw new NotAName(name);
  signal?.throwIfAborted();
  const talk = new Talk({ ...way, ...options, name, queue, backlog, clock, random });
  await abortable(talk.enter(), signal, () => talk.finish(signal?.reason));
  return new Chat(talk);
}
