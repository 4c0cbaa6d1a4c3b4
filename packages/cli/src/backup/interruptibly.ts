import { constants, setPriority } from 'node:os';
import { complain } from '../terminal/complain.ts';

/**
 * Runs `work`, which a first SIGINT or SIGTERM aborts, at a lower priority than the server's. Resolves with the exit status; what went wrong is
 * told in one line.
 */
export async function interruptibly(work: (signal: AbortSignal) => Promise<void>): Promise<number> {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  // Only the first: a second one ends the process at once.
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    await work(stop.signal);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return complain('interrupted', 1);
    return complain(error instanceof Error ? error.message : String(error), 1);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
