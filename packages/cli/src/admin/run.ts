import type { Answers } from '@palabre/server';
import { complain } from '../terminal/complain.ts';
import { jsonLine, printable } from '../terminal/printable.ts';
import type { OperatorFlags } from './flags.ts';
import { ask, CannotAsk } from './server.ts';

/** Asks the running server and prints what it answers, as `show` puts it; sets the exit status: 1 where that can't be done. */
export async function run<Command extends keyof Answers>(
  { data, json }: OperatorFlags,
  request: { readonly command: Command } & Readonly<Record<string, unknown>>,
  show: (answer: Answers[Command]) => string,
): Promise<void> {
  try {
    const { answer, ended } = await ask(data, request);
    process.stdout.write(json ? `${jsonLine(answer)}\n` : show(answer));
    await ended;
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    process.exitCode = complain(printable(error.message), 1);
  }
}
