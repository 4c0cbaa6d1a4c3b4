import { createServer, type Server, type Socket } from 'node:net';

/** One connection to the page server. */
export type Guest = { readonly socket: Socket; name: string | undefined; unread: string };

/**
 * A student's server: it obeys the one page of the nine words and knows nothing of what Palabre decided beyond it.
 * The kit's tests run on it, and on servers that extend it and get one thing wrong each.
 */
export class PageServer {
  readonly guests = new Set<Guest>();
  readonly #server: Server = createServer({ noDelay: true }, (socket) => this.#accept(socket));

  /** Listens on a free port of the loopback interface. */
  start(): Promise<{ host: string; port: number }> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        if (address === null || typeof address === 'string') throw new Error('not a TCP server');
        resolve({ host: '127.0.0.1', port: address.port });
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const { socket } of this.guests) socket.destroy();
    });
  }

  greet(guest: Guest): void {
    this.send(guest, 'WHO');
  }

  /** Cuts what arrived into lines. */
  read(guest: Guest, chunk: Buffer): void {
    guest.unread += chunk.toString('latin1');
    const lines = guest.unread.split('\n');
    guest.unread = lines.pop() ?? '';
    for (const line of lines) this.line(guest, Buffer.from(line, 'latin1').toString('utf8'));
  }

  line(guest: Guest, line: string): void {
    const word = line.slice(0, 3);
    const rest = line.slice(4);
    if (word === 'IAM') this.iam(guest, rest);
    else if (guest.name === undefined) this.stranger(guest, rest);
    else if (word === 'WHO') this.who(guest);
    else if (word === 'MSG') this.msg(guest, guest.name, rest);
    else if (word === 'PRV') this.prv(guest, guest.name, rest);
    else if (word === 'BYE') this.bye(guest, guest.name);
  }

  stranger(guest: Guest, _rest: string): void {
    this.send(guest, 'WHO');
  }

  iam(guest: Guest, name: string): void {
    if (name.includes(' ')) this.notAName(guest, name);
    else if (this.find(name)) this.taken(guest, name);
    else this.arrive(guest, name);
  }

  notAName(guest: Guest, name: string): void {
    this.send(guest, `ERR ${name}`);
  }

  taken(guest: Guest, name: string): void {
    this.send(guest, `TKN ${name}`);
  }

  arrive(guest: Guest, name: string): void {
    guest.name = name;
    this.broadcast(`ARR ${name}`);
  }

  who(guest: Guest): void {
    this.send(guest, `WHO ${this.members.map(({ name }) => name).join(' ')}`);
  }

  msg(guest: Guest, name: string, text: string): void {
    this.broadcast(`MSG ${name} ${text}`, guest);
  }

  prv(guest: Guest, name: string, rest: string): void {
    const space = rest.indexOf(' ');
    const other = this.find(rest.slice(0, space));
    if (other) this.whisper(guest, name, other, rest.slice(space + 1));
    else this.nobody(guest, name, rest);
  }

  whisper(_guest: Guest, name: string, other: Guest, text: string): void {
    this.send(other, `PRV ${name} ${text}`);
  }

  nobody(guest: Guest, name: string, _rest: string): void {
    this.send(guest, `ERR ${name}`);
  }

  bye(guest: Guest, name: string): void {
    this.broadcast(`LFT ${name}`);
    guest.name = undefined;
  }

  /** The connection ended. `error`: it broke. */
  lost(guest: Guest, name: string, _error: boolean): void {
    this.broadcast(`LFT ${name}`, guest);
  }

  get members(): Guest[] {
    return [...this.guests].filter(({ name }) => name !== undefined);
  }

  find(name: string): Guest | undefined {
    return this.members.find((guest) => guest.name === name);
  }

  broadcast(line: string, but?: Guest): void {
    for (const guest of this.members) if (guest !== but) this.send(guest, line);
  }

  send({ socket }: Guest, line: string): void {
    if (socket.writable) socket.write(`${line}\n`);
  }

  #accept(socket: Socket): void {
    const guest: Guest = { socket, name: undefined, unread: '' };
    this.guests.add(guest);
    socket.on('data', (chunk) => this.read(guest, chunk));
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', (error) => {
      this.guests.delete(guest);
      if (guest.name !== undefined) this.lost(guest, guest.name, error);
    });
    this.greet(guest);
  }
}
