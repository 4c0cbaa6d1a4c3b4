/** What backup, restore and export share: their flags, and how they end. */
import { constants, setPriority } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { complain } from '../terminal/complain.ts';

export function dataFlag(): Option {
  return new Option('--data <DIR>', 'where the server keeps what is said')
    .env('PALABRE_DATA')
    .default('./palabre-data')
    .argParser(toDirectory);
}

export function forceFlag(what: string): Option {
  return new Option('--force', what).env('PALABRE_FORCE');
}

export function progressFlag(): Option {
  return new Option('--progress', 'say on standard error how far it is (default: on a terminal)').env(
    'PALABRE_PROGRESS',
  );
}

function toDirectory(text: string): string {
  if (text === 'none')
    throw new InvalidArgumentError('A server with --data none keeps nothing: say a directory.');
  return text;
}

/** Runs `work`, which a first SIGINT or SIGTERM aborts, at a lower priority than the server's. Resolves with the exit status; what went wrong is told in one line. */
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
