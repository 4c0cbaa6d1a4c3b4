/** Somebody at a terminal with netcat: lines over TCP, plain or with tags. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { DEADLINE_MS } from './deadline.ts';
import type { Server } from './server.ts';

export class Member implements Disposable {
  readonly #socket: Socket;
  /** All that has come and was not taken yet. */
  readonly #lines: string[] = [];
  #came: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    createInterface({ input: socket }).on('line', (line) => {
      this.#lines.push(line);
      this.#came();
    });
  }

  /** Comes in under a name, in the plain form. */
  static async enter({ tcpPort }: Server, name: string): Promise<Member> {
    const socket = connect({ host: '127.0.0.1', port: tcpPort, noDelay: true });
    const member = new Member(socket);
    await once(socket, 'connect');
    member.says(`IAM ${name}`);
    await member.hears(`ARR ${name}`);
    return member;
  }

  /** Says lines of the protocol, all in one write. */
  says(...lines: string[]): void {
    this.#socket.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** Waits for a line, and lets go of all that came before it; gives those. */
  async hears(line: string | RegExp): Promise<string[]> {
    const is = (one: string): boolean => (typeof line === 'string' ? one === line : line.test(one));
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const at = this.#lines.findIndex(is);
      if (at >= 0) return this.#lines.splice(0, at + 1).slice(0, -1);
      assert.ok(!deadline.aborted, `Did not hear ${line} in time, but: ${this.#lines.join(' | ')}`);
      await new Promise<void>((resolve) => {
        this.#came = resolve;
        deadline.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** Everything that has come up to now: what the server had said when it was asked is there. */
  async heard(): Promise<string[]> {
    this.says('WHO');
    return await this.hears(/^WHO /);
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
