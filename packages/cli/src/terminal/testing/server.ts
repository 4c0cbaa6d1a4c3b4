/** A server as a process, with a journal, that can be killed and started again where it was. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Served, serve } from '../../testing/palabre.ts';

export class Server implements AsyncDisposable {
  readonly #data: string;
  readonly #flags: readonly string[];
  #served: Served | undefined;
  #port = 0;

  private constructor(data: string, flags: readonly string[]) {
    this.#data = data;
    this.#flags = flags;
  }

  static async start(...flags: string[]): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'palabre-cli-')), flags);
    await server.start();
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Starts it, the second time at the port where it was. */
  async start(): Promise<void> {
    const where = ['--tcp', `127.0.0.1:${this.#port}`, '--data', this.#data, '--rate', 'off'];
    this.#served = await serve(...where, ...this.#flags);
    this.#port = this.#served.port;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const process = this.#served?.process;
    if (!process || process.signalCode !== null) return;
    process.kill('SIGKILL');
    await once(process, 'close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }
}
