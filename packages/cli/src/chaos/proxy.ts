/** A bad line: cuts connections after a random number of bytes, in the middle of a line or not, delays what passes, and stalls. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Chance } from './chance.ts';

export class BadLine {
  readonly #server: Server;
  readonly #chance: Chance;
  readonly #target: number;
  readonly #open = new Set<Socket>();
  /** Whether it is bad at all; a good line only passes things on. */
  bad = false;
  /** How often it has cut a connection. */
  cuts = 0;

  /** Between whoever connects and the port of this machine that is the target. */
  constructor(target: number, chance: Chance) {
    this.#target = target;
    this.#chance = chance;
    this.#server = createServer({ noDelay: true }, (near) => this.#join(near));
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port; // of a TCP server that listens it is one
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
  }

  #join(near: Socket): void {
    const far = connect({ host: '127.0.0.1', port: this.#target, noDelay: true });
    const budget = { bytes: this.#chance.between(50, 8_000) };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        this.#open.delete(from);
        to.destroy();
      });
      from.on('data', (chunk: Buffer) => this.#pass(chunk, from, to, budget));
    }
  }

  #pass(chunk: Buffer, from: Socket, to: Socket, budget: { bytes: number }): void {
    if (!this.bad) {
      to.write(chunk);
      return;
    }
    const passed = chunk.subarray(0, budget.bytes);
    budget.bytes -= passed.length;
    const cut = budget.bytes <= 0;
    const forward = (): void => {
      if (!to.destroyed) to.write(passed);
      if (cut) this.#cut(from, to);
      else if (from.isPaused()) from.resume();
    };
    // One chunk in ten comes late; one in a hundred much later: the line stalls.
    const fate = this.#chance.next();
    if (fate < 0.1) {
      from.pause();
      setTimeout(forward, fate < 0.01 ? this.#chance.between(20, 200) : this.#chance.between(1, 5));
    } else forward();
  }

  #cut(from: Socket, to: Socket): void {
    this.cuts++;
    if (this.#chance.next() < 0.5) {
      from.resetAndDestroy();
      to.resetAndDestroy();
    } else {
      from.destroy();
      to.end();
    }
  }
}
