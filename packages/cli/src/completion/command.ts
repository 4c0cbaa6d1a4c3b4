import { Argument, Command } from 'commander';
import { describe } from './describe.ts';
import { SHELLS } from './shells.ts';

/** `palabre completion SHELL`. `whole`: the program that is completed, with all its commands. */
export function completionCommand(whole: () => Promise<Command>): Command {
  return new Command('completion')
    .description('print what makes a shell complete the commands and flags of palabre')
    .addArgument(new Argument('<SHELL>', 'which shell').choices([...SHELLS.keys()]))
    .addHelpText(
      'after',
      `
Examples:
  palabre completion bash > ~/.local/share/bash-completion/completions/palabre
  palabre completion zsh > ~/.zfunc/_palabre         with ~/.zfunc in fpath, before compinit
  palabre completion fish > ~/.config/fish/completions/palabre.fish

Exit status: 0; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async (shell: string) => {
      process.stdout.write(SHELLS.get(shell)?.(describe(await whole())) ?? '');
    });
}
