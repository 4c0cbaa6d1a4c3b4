#!/usr/bin/env node
/** `palabre`: one program, a command for each thing that it does. */
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';

// Before the rest is loaded: a second start then compiles nothing.
enableCompileCache();

const { serveCommand } = await import('./serve/command.ts');
const { checkCommand } = await import('./check/command.ts');

const program = new Command('palabre')
  .description('A chat in nine three-letter words: the server, and the kit that checks any server')
  .version('0.1.0')
  .addCommand(serveCommand())
  .addCommand(checkCommand())
  .addHelpText(
    'after',
    '\nEvery flag is an environment variable too: --max-connections is PALABRE_MAX_CONNECTIONS.',
  );

// Exit status: 2 where the command line is wrong, whoever found it so.
for (const command of [program, ...program.commands]) {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}

await program.parseAsync();
