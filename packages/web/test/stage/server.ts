/** The real server, as a process, with the page that was built. Killed and started again where it was. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../../../cli/src/main.ts');
/** The page as it is served. */
export const BUILD = resolve(import.meta.dirname, '../../build');

export class Server implements AsyncDisposable {
  readonly #data: string;
  readonly #flags: readonly string[];
  #process: ChildProcessWithoutNullStreams | undefined;
  tcpPort = 0;
  httpPort = 0;
  /** What there is to complain of: that it has ended by itself, and with which words. */
  readonly complaints: string[] = [];

  private constructor(data: string, flags: readonly string[]) {
    this.#data = data;
    this.#flags = flags;
  }

  /** A server with nothing in its journal, on free ports. `flags`: of `palabre serve`. */
  static async start(...flags: string[]): Promise<Server> {
    assert.ok(existsSync(join(BUILD, 'index.html')), 'The page is not built: run `npm run build` first.');
    const server = new Server(await mkdtemp(join(tmpdir(), 'palabre-page-')), flags);
    await server.start();
    return server;
  }

  /** Where the page is. */
  get url(): string {
    return `http://127.0.0.1:${this.httpPort}/`;
  }

  /** Starts it once more, on its ports, with its journal. Resolves when it listens. */
  async start(): Promise<void> {
    const where = [
      '--tcp',
      `127.0.0.1:${this.tcpPort}`,
      '--http',
      `127.0.0.1:${this.httpPort}`,
      '--data',
      this.#data,
    ];
    const child = spawn(process.execPath, [MAIN, 'serve', ...where, ...this.#flags], {
      env: { PATH: process.env.PATH, PALABRE_ADMIN_HTTP: 'off' },
    });
    this.#process = child;
    let printed = '';
    child.stderr.on('data', (chunk) => {
      printed += chunk;
    });
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      printed += chunk;
      if (printed.includes('Ctrl-C')) break;
    }
    child.stdout.resume();
    child.on('close', (status, signal) => {
      if (this.#process === child)
        this.complaints.push(`the server has ended (${signal ?? status}): ${printed}`);
    });
    const port = (form: string): number => Number(new RegExp(`:(\\d+) \\(${form}\\)`).exec(printed)?.[1]);
    [this.tcpPort, this.httpPort] = [port('tcp'), port('http')];
    assert.ok(this.tcpPort && this.httpPort, `The server did not start: ${printed}`);
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
