/** An operator for tests: asks through the admin socket. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { adminSocket } from '../listeners/admin-path.ts';

export class Admin implements AsyncDisposable {
  readonly socket: Socket;
  readonly #lines: AsyncIterator<string>;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  static async connect(data: string): Promise<Admin> {
    using at = adminSocket(data);
    const socket = connect({ path: at.path, allowHalfOpen: true });
    await once(socket, 'connect');
    return new Admin(socket);
  }

  /** What a request is answered, as JSON gives it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what it asked for.
  async ask(request: unknown): Promise<any> {
    return this.askLine(JSON.stringify(request));
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async askLine(line: string): Promise<any> {
    this.socket.write(`${line}\n`);
    return this.next();
  }

  /** The next answer; `undefined` where the socket ends first. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async next(): Promise<any> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : JSON.parse(value);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
  }
}
