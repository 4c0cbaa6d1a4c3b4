import { Command } from 'commander';
import { heedNo } from './variables.ts';

/** Each command's definition is loaded only where it is needed: who joins does not wait for the server's. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve/command.ts')).serveCommand(),
  join: async () => (await import('./join/command.ts')).joinCommand(),
  send: async () => (await import('./send/command.ts')).sendCommand(),
  tail: async () => (await import('./tail/command.ts')).tailCommand(),
  admin: async () => (await import('./admin/command.ts')).adminCommand(),
  invite: async () => (await import('./invite/command.ts')).inviteCommand(),
  backup: async () => (await import('./backup/command.ts')).backupCommand(),
  restore: async () => (await import('./restore/command.ts')).restoreCommand(),
  export: async () => (await import('./export/command.ts')).exportCommand(),
  check: async () => (await import('./check/command.ts')).checkCommand(),
  completion: async () => (await import('./completion/command.ts')).completionCommand(program),
  man: async () => (await import('./man/command.ts')).manCommand(program),
};

/** The whole of `palabre`, or what it takes to run the command `asked`. */
export async function program(asked?: string): Promise<Command> {
  const one = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  const commands = await Promise.all((one ? [one] : Object.values(COMMANDS)).map((load) => load()));
  const palabre = new Command('palabre')
    .description(
      'A chat in nine three-letter words: the server, a terminal client, tools for scripts, and the kit that checks any server',
    )
    .version('0.1.0')
    .addHelpText(
      'after',
      `
Every flag is an environment variable too: --max-connections is PALABRE_MAX_CONNECTIONS. That of a flag without a value,
as PALABRE_PUBLIC, turns it on unless it says 0, off, no, false or nothing.`,
    );
  for (const command of commands) palabre.addCommand(command);
  for (const command of [palabre, ...commands, ...commands.flatMap(({ commands }) => commands)]) {
    heedNo(command);
    // Exit status: 2 where the command line is wrong, whoever found it so.
    command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  }
  return palabre;
}
