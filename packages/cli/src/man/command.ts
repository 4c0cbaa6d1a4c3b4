import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Command } from 'commander';
import { describe } from '../completion/describe.ts';
import { manual } from './manual.ts';

/** `palabre man`. `whole`: the program that the page is about, with all its commands. */
export function manCommand(whole: () => Promise<Command>): Command {
  return new Command('man')
    .description('show the manual page; print it where the output is not a terminal')
    .addHelpText(
      'after',
      `
Examples:
  palabre man
  palabre man > ~/.local/share/man/man1/palabre.1    then man palabre shows it

Exit status: 0; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async () => {
      const program = await whole();
      const page = manual(describe(program), program.version() ?? '');
      if (!process.stdout.isTTY || !(await shown(page))) process.stdout.write(page);
    });
}

/** Whether man(1) has shown it. */
async function shown(page: string): Promise<boolean> {
  const man = spawn('man', ['-l', '-'], { stdio: ['pipe', 'inherit', 'ignore'] });
  // Whoever leaves the page early has not read all of it.
  man.stdin.on('error', () => {});
  man.stdin.end(page);
  try {
    const [status] = await once(man, 'exit');
    return status === 0;
  } catch {
    return false; // There is no such program here.
  }
}
