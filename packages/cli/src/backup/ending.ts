/** How backup, restore and export end. */
import { giveWay } from '@palabre/server';
import { complain } from '../terminal/complain.ts';

/** Runs `work`, giving way to the server. Resolves with the exit status; what went wrong is told in one line. */
export async function reported(work: () => Promise<void>): Promise<number> {
  giveWay();
  try {
    await work();
    return 0;
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error), 1);
  }
}

/** The same for work that has something to clear away: a first SIGINT or SIGTERM aborts it. */
export function interruptibly(work: (signal: AbortSignal) => Promise<void>): Promise<number> {
  return reported(async () => {
    const stop = new AbortController();
    const interrupt = (): void => stop.abort(new Error('interrupted'));
    // Only the first: a second one ends the process at once.
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    try {
      await work(stop.signal);
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : error;
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  });
}
