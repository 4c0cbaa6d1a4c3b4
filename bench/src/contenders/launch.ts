import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Server } from './contender.ts';

/** ms in which a server must be up. */
const START_WITHIN = 15_000;

/** The path of a program that is installed, or null. Debian's servers are in sbin, which not every PATH has. */
export function find(program: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

/** The first line of what `program flag` prints that matches, or null if it isn't installed. */
export function versionFrom(program: string, flag: string, pattern: RegExp): string | null {
  const path = find(program);
  if (path === null) return null;
  const printed = execFileSync(path, [flag], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return pattern.exec(printed)?.[1] ?? 'unknown';
}

let taskset = availableParallelism() > 1 ? find('taskset') : null;

/** Is each side kept on a core of its own? */
export function isPinned(): boolean {
  return taskset !== null;
}

/** From now on the system says on which core anything runs. */
export function shareCores(): void {
  taskset = null;
}

/** Keeps this process, and the load processes it starts, off the servers' core. */
export function leaveServersTheirCore(): void {
  if (taskset) execFileSync(taskset, ['-acp', '1', String(process.pid)], { stdio: 'ignore' });
}

/** Starts a server's process, on the servers' core where cores can be chosen. */
export function launch(program: string, args: readonly string[]): ChildProcess {
  const command = taskset ? [taskset, '-c', '0', program, ...args] : [program, ...args];
  const [first = program, ...rest] = command;
  const child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const end = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

/** Has SIGINT and SIGTERM end the servers too that this process has started. */
export function endServersWithUs(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
}

/** Something on the disk that is there until it is removed, at this process's end at the latest. */
export interface Temporary {
  readonly path: string;
  remove(): void;
}

/** A folder for one server's files. */
export function temporaryFolder(): Temporary {
  const path = mkdtempSync(join(tmpdir(), 'palabre-bench-'));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return { path, remove };
}

/** A file in a folder of its own, which is removed with it. */
export function folderWith(file: string, content: string): Temporary {
  const { path: folder, remove } = temporaryFolder();
  const path = join(folder, file);
  writeFileSync(path, content);
  return { path, remove };
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

/** The process as a Server. `tidy` is called once it has ended. */
export function serverOf(child: ChildProcess, port: number, tidy: () => void = () => {}): Server {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${child.spawnfile} did not start`);
  let told = false;
  // Its members will say that they were cut off; this says why.
  child.once('exit', (status, signal) => {
    if (!told) process.stderr.write(`${child.spawnargs.join(' ')} ended by itself: ${signal ?? status}\n`);
  });
  const signalled = async (signal: NodeJS.Signals): Promise<void> => {
    told = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const stop = async (): Promise<void> => {
    await signalled('SIGKILL');
    tidy();
  };
  return { pid, port, stop, end: () => signalled('SIGTERM') };
}

/** Starts a server that is told its port, and waits until it accepts connections there. */
export async function startOn(
  program: string,
  configOf: (port: number) => string,
  args: (file: string) => string[],
) {
  const path = find(program);
  if (path === null) throw new Error(`${program} is not installed`);
  const port = await freePort();
  const config = folderWith(`${program}.conf`, configOf(port));
  const child = launch(path, args(config.path));
  child.stdout?.resume();
  const server = serverOf(child, port, config.remove);
  try {
    await accepts(child, port);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

async function accepts(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + START_WITHIN;
  while (!(await accepted(port))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended at once`);
    if (performance.now() > deadline) throw new Error(`${child.spawnargs.join(' ')} does not listen`);
    await after(1);
  }
}

function accepted(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** The first match of `pattern` in what the process prints on stdout. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error(`no ${pattern} on stdout: ${text}`)), START_WITHIN);
    child.once('exit', () => {
      clearTimeout(late);
      reject(new Error(`${child.spawnargs.join(' ')} ended at once: ${text}`));
    });
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const match = pattern.exec(text);
      if (match === null) return;
      clearTimeout(late);
      child.stdout?.removeAllListeners('data').resume();
      resolve(match);
    });
  });
}
