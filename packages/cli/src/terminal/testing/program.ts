/** Runs `palabre` as a process, with a memory of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export const PALABRE = resolve(import.meta.dirname, '../../../bin/palabre.js');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A person's account: what `palabre` remembers is in it, and in no other. */
export class Account implements Disposable {
  readonly state = mkdtempSync(join(tmpdir(), 'palabre-state-'));

  get env(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.state,
      XDG_STATE_HOME: this.state,
      TZ: 'UTC',
      LANG: 'C.UTF-8',
    };
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [PALABRE, ...args], { env: { ...this.env, ...env } });
  }

  /** Runs it to its end. */
  async run(args: readonly string[], input: string | Readable = ''): Promise<Ended> {
    const child = this.start(args);
    child.stdin.on('error', () => {}); // It need not read all of it.
    if (typeof input === 'string') child.stdin.end(input);
    else input.pipe(child.stdin);
    return await ended(child);
  }

  [Symbol.dispose](): void {
    // A process that has been told to end may still be writing what it remembers.
    rmSync(this.state, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** Everything it prints, and how it ends. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status, stdout, stderr };
}
