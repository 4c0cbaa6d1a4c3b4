import { backupJournal } from '@palabre/server';
import { Progress } from '../terminal/progress.ts';
import { amount, size } from './amounts.ts';
import type { BackupFlags } from './command.ts';
import { interruptibly } from './ending.ts';

/** `palabre backup`. Resolves with the exit status. */
export function makeBackup(file: string, { data, force, progress }: BackupFlags): Promise<number> {
  return interruptibly(async (signal) => {
    const began = performance.now();
    const shown = new Progress(process.stderr, progress ?? false);
    const { messages, bytes } = await backupJournal({
      ...{ directory: data, file, overwrite: force ?? false, signal },
      onProgress: (done) => shown.show(() => `copied ${Math.floor(100 * done)}%`),
    }).finally(() => shown.end());
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${file}: ${amount(messages, 'message')}, ${size(bytes)}, in ${seconds} s\n`);
  });
}
