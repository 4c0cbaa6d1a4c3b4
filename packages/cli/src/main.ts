#!/usr/bin/env node
/** `palabre`: one program, a command for each thing that it does. */
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';

// Before the rest is loaded: a second start then compiles nothing.
enableCompileCache();

const { serveCommand } = await import('./serve/command.ts');

const program = new Command('palabre')
  .description('A chat in nine three-letter words: the server')
  .version('0.1.0')
  .showHelpAfterError('(palabre --help tells more)')
  .addCommand(serveCommand());

await program.parseAsync();
