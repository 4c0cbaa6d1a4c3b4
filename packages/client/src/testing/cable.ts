import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy, all of whose lines can be cut at any byte. */
export class Cable implements AsyncDisposable {
  readonly #to: () => number;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => this.#join(near));
  /** Cuts when this many further bytes have come from clients. */
  #budget = Number.POSITIVE_INFINITY;

  private constructor(to: () => number) {
    this.#to = to;
  }

  /** `to`: the port on this machine to which to connect. */
  static async start(to: () => number): Promise<Cable> {
    const cable = new Cable(to);
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Cuts every line once this many bytes have gone by, in whichever direction, most likely within a line. */
  cutAfter(bytes: number): void {
    this.#budget = bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#cut();
  }

  #join(near: Socket): void {
    const far = connect(this.#to(), '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (chunk) => {
        to.write(chunk.subarray(0, this.#budget));
        this.#budget -= chunk.length;
        if (this.#budget < 0) this.#cut();
      });
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroySoon();
      });
    }
  }

  #cut(): void {
    this.#budget = Number.POSITIVE_INFINITY;
    for (const socket of this.#sockets) socket.destroySoon();
  }
}
