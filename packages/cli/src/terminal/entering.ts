import { type Chat, connect, Unreachable } from '@palabre/client';
import { causeCode } from './explain.ts';
import type { Where } from './where.ts';

const PAUSE_MS = 500;

/** What to do while a server can't be reached. */
export interface Patience {
  /** How long to try, in ms. */
  readonly forMs: number;
  /** Called before the second try. */
  readonly onFailure: (error: Unreachable) => void;
}

/**
 * Enters the chat: as the member that one was, if something of it is remembered and the server still knows it. Throws what `connect` throws; where
 * there is `patience`, `Unreachable` only once that is over.
 */
export async function enter(where: Where, signal: AbortSignal, patience?: Patience): Promise<Chat> {
  const { address, name, session, key } = where;
  const deadline = performance.now() + (patience?.forMs ?? 0);
  let told = false;
  for (;;) {
    try {
      return await connect(address, { name, session, key, signal });
    } catch (error) {
      if (!patience || !mayPass(error) || performance.now() + PAUSE_MS > deadline) throw error;
      if (!told) patience.onFailure(error);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      signal.throwIfAborted();
    }
  }
}

/** What a server that is being restarted looks like. */
const PASSING = new Set([
  '',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
]);

function mayPass(error: unknown): error is Unreachable {
  return error instanceof Unreachable && PASSING.has(causeCode(error));
}
