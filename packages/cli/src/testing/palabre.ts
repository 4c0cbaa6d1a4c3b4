/** Runs `palabre` as its users do: as a process. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export const MAIN = resolve(import.meta.dirname, '../main.ts');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it to its end; `env`: variables beside PATH; `under`: a program that runs it, with its arguments. */
export async function palabre(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
): Promise<Ended> {
  const process = start(args, env, under);
  process.stdin.end();
  const [stdout, stderr, [status]] = await Promise.all([
    text(process.stdout),
    text(process.stderr),
    once(process, 'close') as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr };
}

export interface Served extends AsyncDisposable {
  readonly process: ChildProcessWithoutNullStreams;
  readonly host: string;
  readonly port: number;
  /** What it has printed up to the address. */
  readonly greeting: string;
}

const SERVE = ['serve', '--tcp', '127.0.0.1:0', '--http', 'off', '--data', 'none'];

/** Runs `palabre serve` on a free port, keeping nothing unless a flag says so, until the end of the test. */
export function serve(...flags: string[]): Promise<Served> {
  return serveIn({}, ...flags);
}

/** The same with variables beside PATH. */
export function serveIn(env: Readonly<Record<string, string>>, ...flags: string[]): Promise<Served> {
  return greeted(start([...SERVE, ...flags], env));
}

/** The same run by another program, `under` with its arguments. */
export function serveUnder(under: readonly string[], ...flags: string[]): Promise<Served> {
  return greeted(start([...SERVE, ...flags], {}, under));
}

async function greeted(process: ChildProcessWithoutNullStreams): Promise<Served> {
  let greeting = '';
  for await (const chunk of process.stdout.iterator({ destroyOnReturn: false })) {
    greeting += String(chunk);
    if (greeting.includes('Ctrl-C')) break;
  }
  const [, host = '', port] = /listens on ([\d.]+):(\d+)/.exec(greeting) ?? [];
  return {
    process,
    host,
    port: Number(port),
    greeting,
    async [Symbol.asyncDispose]() {
      if (process.exitCode === null && process.signalCode === null) {
        process.kill('SIGKILL');
        await once(process, 'close');
      }
    },
  };
}

function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  under: readonly string[] = [],
): ChildProcessWithoutNullStreams {
  // Off unless a flag says otherwise: all that run at a time would want the same port.
  const quiet = { PALABRE_ADMIN_HTTP: 'off' };
  const [program = '', ...rest] = [...under, process.execPath, MAIN, ...args];
  return spawn(program, rest, { env: { PATH: process.env.PATH, ...quiet, ...env } });
}
