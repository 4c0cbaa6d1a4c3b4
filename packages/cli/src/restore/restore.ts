import { restoreJournal } from '@palabre/server';
import { amount } from '../backup/amounts.ts';
import { interruptibly } from '../backup/ending.ts';
import type { RestoreFlags } from './command.ts';

/** `palabre restore`. Resolves with the exit status. */
export function restore(file: string, { data, force }: RestoreFlags): Promise<number> {
  return interruptibly(async (signal) => {
    const { messages, newest, lastId, aside } = await restoreJournal({
      ...{ file, directory: data, overwrite: force ?? false, now: Date.now(), signal },
    });
    const until = newest === undefined ? '' : `, the last of ${new Date(newest).toISOString()}`;
    process.stdout.write(`${data}: ${amount(messages, 'message')}${until}; ids go on after ${lastId}\n`);
    if (aside !== undefined) process.stdout.write(`what was there is now in ${aside}\n`);
  });
}
