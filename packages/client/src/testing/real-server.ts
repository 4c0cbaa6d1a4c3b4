/** The real server, as a process: this package may not import it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../../../cli/src/main.ts');

export class RealServer implements AsyncDisposable {
  readonly #data: string;
  readonly #flags: readonly string[];
  #process: ChildProcessWithoutNullStreams | undefined;
  port = 0;

  private constructor(data: string, flags: readonly string[]) {
    this.#data = data;
    this.#flags = flags;
  }

  /** A server with a fresh directory, on a free port. */
  static async start(...flags: string[]): Promise<RealServer> {
    const server = new RealServer(await mkdtemp(join(tmpdir(), 'palabre-client-')), flags);
    await server.start();
    return server;
  }

  /** Starts it once more, where it was. Resolves when it listens. */
  async start(): Promise<void> {
    const flags = [
      '--tcp',
      `127.0.0.1:${this.port}`,
      '--http',
      'off',
      '--data',
      this.#data,
      '--rate',
      'off',
      ...this.#flags,
    ];
    const child = spawn(process.execPath, [MAIN, 'serve', ...flags], {
      env: { PATH: process.env.PATH, PALABRE_ADMIN_HTTP: 'off' },
    });
    this.#process = child;
    let printed = '';
    child.stderr.on('data', (chunk) => {
      printed += chunk;
    });
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      printed += chunk;
      const port = /listens on [\d.]+:(\d+)/.exec(printed)?.[1];
      if (!port) continue;
      this.port = Number(port);
      child.stdout.resume();
      return;
    }
    throw new Error(`the server did not start: ${printed}`);
  }

  /** SIGKILL: no good-bye to anybody, nothing flushed. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }
}
