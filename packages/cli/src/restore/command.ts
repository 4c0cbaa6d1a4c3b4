import { Argument, Command } from 'commander';
import { dataFlag, forceFlag } from '../backup/flags.ts';

export interface RestoreFlags {
  readonly data: string;
  readonly force?: true;
}

/** `palabre restore`: what is behind it is loaded when it is run. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a copy that palabre backup made where a server goes on with it')
    .addArgument(new Argument('<FILE>', 'the copy; it stays as it is'))
    .addOption(dataFlag())
    .addOption(forceFlag('where a server has kept something already: move that aside'))
    .addHelpText(
      'after',
      `
Examples:
  palabre restore monday.db                          to ./palabre-data, for palabre serve
  palabre restore --data /var/lib/palabre --force /backup/palabre.db

FILE is checked first. The directory is made if need be; one that a server uses is refused. What was said after the
backup is lost, and nothing of it can be mistaken for what will be said: ids go on far above any that were given.
Members come back with their tokens.

Exit status: 0 a server can go on with it; 1 nothing has been changed, and a line says why; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async (file: string, flags: RestoreFlags) => {
      const { restore } = await import('./restore.ts');
      process.exitCode = await restore(file, flags);
    });
}
