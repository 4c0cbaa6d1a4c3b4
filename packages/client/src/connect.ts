import { parseServerAddress, type ServerAddress } from './address.ts';
import { Chat } from './chat.ts';
import { systemClock } from './core/clock.ts';
import { isName } from './core/incoming.ts';
import { Talk } from './core/talk.ts';
import { NotAName } from './errors.ts';
import type { ConnectOptions } from './options.ts';
import type { Dial } from './transports/wire.ts';

/** Which transport there is for which scheme. */
export type Dials = Readonly<Partial<Record<ServerAddress['scheme'], Dial>>>;

/** Enters a chat over one of these transports: what `connect` is made of. Throws as it does. */
export async function connectBy(dials: Dials, address: string, options: ConnectOptions): Promise<Chat> {
  const where = parseServerAddress(address);
  const dial = dials[where.scheme];
  if (!dial) {
    const schemes = Object.keys(dials).map((scheme) => `${scheme}://`);
    throw new TypeError(`${where.scheme}:// can't be spoken from here; say ${schemes.join(' or ')}`);
  }
  const { signal, session } = options;
  const name = options.name ?? session?.name ?? '';
  if (!isName(name)) throw new NotAName(name);
  signal?.throwIfAborted();
  const talk = new Talk({
    address: where,
    dial,
    name,
    session,
    queue: options.queue ?? 1000,
    backlog: options.backlog ?? 10_000,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  });
  const abort = (): void => talk.finish(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await talk.enter();
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  return new Chat(talk);
}
