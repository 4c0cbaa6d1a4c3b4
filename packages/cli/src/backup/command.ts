import { Argument, Command } from 'commander';
import { dataFlag, forceFlag, progressFlag } from './flags.ts';

export interface BackupFlags {
  readonly data: string;
  readonly force?: true;
  readonly progress?: true;
}

/** `palabre backup`: what is behind it is loaded when it is run. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy what a server keeps to FILE, while it runs or not')
    .addArgument(new Argument('<FILE>', 'the copy to make'))
    .addOption(dataFlag())
    .addOption(forceFlag('overwrite FILE, once the copy is whole'))
    .addOption(progressFlag())
    .addHelpText(
      'after',
      `
Examples:
  palabre backup monday.db                           of ./palabre-data
  palabre backup --data /var/lib/palabre --force /backup/palabre.db

All that had been receipted when it began is in the copy, and nothing by halves. The copy is checked before FILE gets
its name: where FILE is there, it is whole. It holds all that was said, private lines included, and the secret that
tokens are made with: whoever has it can come in as anybody. Nobody but you may read FILE (mode 0600); see that it stays so.

Exit status: 0 the copy is made; 1 it is not, and a line says why; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async (file: string, flags: BackupFlags) => {
      const { makeBackup } = await import('./backup.ts');
      process.exitCode = await makeBackup(file, flags);
    });
}
