/** A client for tests: says lines over a real socket and waits for what comes, with a deadline and never by sleeping. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type RunningServer, type ServerOptions, startServer } from '../server.ts';
import { Alarm } from './alarm.ts';

export class Peer {
  readonly socket: Socket;
  readonly #alarm = new Alarm();
  readonly #lines: string[] = [];
  #partial = Buffer.alloc(0);
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => {
      socket.end();
      this.#end();
    });
    socket.on('close', () => this.#end());
  }

  static async connect({ tcp }: RunningServer): Promise<Peer> {
    if (!tcp) throw new Error('the server does not listen over TCP');
    const socket = connect({ host: tcp.host, port: tcp.port, noDelay: true, allowHalfOpen: true });
    const peer = new Peer(socket);
    await once(socket, 'connect');
    return peer;
  }

  /** One whose connection has been made already. */
  static over(socket: Socket): Peer {
    return new Peer(socket);
  }

  /** Connects and enters under this name, up to its own ARR. */
  static async enter(server: RunningServer, name: string): Promise<Peer> {
    const peer = await Peer.connect(server);
    peer.say(`IAM ${name}`);
    await peer.hears('WHO', `ARR ${name}`);
    return peer;
  }

  /** Says lines, all in one write. */
  say(...lines: string[]): void {
    this.socket.write(lines.map((line) => `${line}\n`).join(''));
  }

  sayBytes(...bytes: (string | Uint8Array)[]): void {
    this.socket.write(Buffer.concat(bytes.map((part) => Buffer.from(part))));
  }

  /** The next line. Rejects if the connection ends, or nothing comes, first. */
  async next(): Promise<string> {
    return (await this.#nextOrEnd()) ?? assert.fail('the connection ended before a line came');
  }

  /** Exactly these lines come next, in this order. */
  async hears(...expected: string[]): Promise<void> {
    for (const line of expected) assert.equal(await this.next(), line);
  }

  /** Exactly these lines come, and then the server ends the connection. */
  async hearsLast(...expected: string[]): Promise<void> {
    await this.hears(...expected);
    assert.equal(await this.#nextOrEnd(), undefined, 'the connection should end here');
  }

  /** The next line, or `undefined` where the connection ended before one came. */
  async #nextOrEnd(): Promise<string | undefined> {
    await this.#alarm.until(() => this.#lines.length > 0 || this.#ended);
    return this.#lines.shift();
  }

  #take(chunk: Buffer): void {
    let rest = this.#partial.length > 0 ? Buffer.concat([this.#partial, chunk]) : chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      this.#lines.push(rest.toString('utf8', 0, end));
      rest = rest.subarray(end + 1);
    }
    this.#partial = Buffer.from(rest);
    this.#alarm.ring();
  }

  #end(): void {
    this.#ended = true;
    this.#alarm.ring();
  }
}

/** A server for one test, on a free port; `await using` stops it, whatever became of the test. */
export async function testServer(
  options: Partial<ServerOptions> = {},
): Promise<RunningServer & AsyncDisposable> {
  const server = await startServer({
    tcp: { host: '127.0.0.1', port: 0 },
    data: 'none',
    rate: 'off',
    maxConnections: 10_000,
    ...options,
  });
  return { ...server, [Symbol.asyncDispose]: () => server.stop() };
}
