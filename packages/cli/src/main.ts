#!/usr/bin/env node
/** `palabre`: one program, a command for each thing that it does. */
import { enableCompileCache } from 'node:module';

// Before the rest is loaded: a second start then compiles nothing.
enableCompileCache();

const { program } = await import('./program.ts');
await (await program(process.argv[2])).parseAsync();
