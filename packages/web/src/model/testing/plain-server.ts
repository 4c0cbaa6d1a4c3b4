/** A server of the nine words alone, as a student might write it: no EXT, no ids, no history. */
import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';

export class PlainServer implements AsyncDisposable {
  readonly #server: NetServer;
  readonly #members = new Map<string, Socket>();

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(): Promise<PlainServer> {
    const plain = new PlainServer();
    plain.#server.listen(0, '127.0.0.1');
    await once(plain.#server, 'listening');
    return plain;
  }

  get address(): string {
    const address = this.#server.address();
    return `tcp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** Cuts all lines. */
  cut(): void {
    for (const socket of this.#members.values()) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.cut();
  }

  #serve(socket: Socket): void {
    let name: string | undefined;
    let unread = '';
    socket.on('error', () => {});
    socket.on('close', () => {
      if (name !== undefined) this.#gone(name);
    });
    socket.on('data', (chunk) => {
      const lines = `${unread}${chunk}`.split('\n');
      unread = lines.pop() ?? '';
      for (const line of lines) name = this.#hear(socket, name, line);
    });
    socket.write('WHO\n');
  }

  #hear(socket: Socket, name: string | undefined, line: string): string | undefined {
    const [, word = '', rest = ''] = /^(\S*) ?(.*)$/.exec(line) ?? [];
    if (word === 'IAM') return this.#enter(socket, name, rest);
    if (name === undefined) socket.write('WHO\n');
    else if (word === 'WHO') socket.write(`WHO ${[...this.#members.keys()].join(' ')}\n`);
    else if (word === 'MSG') this.#tell(`MSG ${name} ${rest}`, name);
    else if (word === 'PRV') this.#whisper(socket, name, rest);
    else if (word === 'BYE') {
      this.#gone(name);
      socket.end(`LFT ${name}\n`);
      return undefined;
    } else socket.write(`ERR ${name}\n`);
    return name;
  }

  #enter(socket: Socket, was: string | undefined, name: string): string | undefined {
    if (this.#members.has(name)) {
      socket.write(`TKN ${name}\n`);
      return was;
    }
    if (was !== undefined) this.#gone(was);
    this.#members.set(name, socket);
    this.#tell(`ARR ${name}`);
    return name;
  }

  #whisper(socket: Socket, from: string, rest: string): void {
    const [to = '', ...words] = rest.split(' ');
    const other = this.#members.get(to);
    if (other) other.write(`PRV ${from} ${words.join(' ')}\n`);
    else socket.write(`ERR ${from}\n`);
  }

  #gone(name: string): void {
    if (this.#members.delete(name)) this.#tell(`LFT ${name}`);
  }

  #tell(line: string, except?: string): void {
    for (const [name, socket] of this.#members) if (name !== except) socket.write(`${line}\n`);
  }
}
