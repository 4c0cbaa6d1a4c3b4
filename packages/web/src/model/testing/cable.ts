/** A way to a server that can be cut, and mended. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export class Cable implements AsyncDisposable {
  readonly #to: () => number;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => this.#join(near));
  #whole = true;
  #mute = false;

  private constructor(to: () => number) {
    this.#to = to;
  }

  /** `to`: the port on this machine to which it leads. */
  static async start(to: () => number): Promise<Cable> {
    const cable = new Cable(to);
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  get address(): string {
    const address = this.#server.address();
    return `tcp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** Cuts what goes over it; nothing does until it is mended. */
  cut(): void {
    this.#whole = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#whole = true;
    this.#mute = false;
  }

  /** What the server says is not heard from here on. */
  mute(): void {
    this.#mute = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.cut();
  }

  #join(near: Socket): void {
    if (!this.#whole) {
      near.destroy();
      return;
    }
    const far = connect(this.#to(), '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (chunk) => {
        if (from === near || !this.#mute) to.write(chunk);
      });
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroySoon();
      });
    }
  }
}
