import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Address } from '../address.ts';

/** One connection through the {@link Between}: to the kit and to the server. Lines are Latin-1, so that any bytes pass. */
export type Link = {
  readonly client: Socket;
  readonly server: Socket;
  extended: boolean;
  /** The name under which it was let in. */
  name: string;
};

/**
 * Stands between the kit and a server of Palabre and passes on every line as it is. What extends it changes some: so it is a
 * server that differs in one way.
 */
export class Between {
  readonly links = new Set<Link>();
  readonly #server: Server;

  constructor(to: Address) {
    const options = { allowHalfOpen: true, noDelay: true };
    this.#server = createServer(options, (client) => {
      const link = { client, server: connect({ ...options, ...to }), extended: false, name: '' };
      this.links.add(link);
      pass(client, link.server, (line) => this.#said(line, link));
      pass(link.server, client, (line) => this.#heard(line, link));
      client.on('end', () => this.ends(link));
      link.server.on('end', () => client.end());
      client.on('close', () => this.links.delete(link));
    });
  }

  start(): Promise<Address> {
    return new Promise((resolve) => {
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
      for (const { client, server } of this.links) for (const socket of [client, server]) socket.destroy();
    });
  }

  /** What the server is told for a line that the kit says. */
  said(line: string, _link: Link): readonly string[] {
    return [line];
  }

  /** What the kit is told for a line that the server says. */
  heard(line: string, _link: Link): readonly string[] {
    return [line];
  }

  /** The kit ends its side. */
  ends({ server }: Link): void {
    server.end();
  }

  #said(line: string, link: Link): readonly string[] {
    if (line === 'EXT') link.extended = true;
    return this.said(line, link);
  }

  #heard(line: string, link: Link): readonly string[] {
    if (link.name === '') link.name = /^(?:@\S+ )?ARR (\S+)$/.exec(line)?.[1] ?? '';
    return this.heard(line, link);
  }
}

function pass(from: Socket, to: Socket, change: (line: string) => readonly string[]): void {
  let unread = '';
  from.on('data', (chunk) => {
    const lines = (unread + chunk.toString('latin1')).split('\n');
    unread = lines.pop() ?? '';
    const changed = lines.flatMap(change).map((line) => `${line}\n`);
    if (to.writable) to.write(changed.join(''), 'latin1');
  });
  from.on('error', () => to.destroy());
  from.on('end', () => {
    if (to.writable && unread !== '') to.write(unread, 'latin1');
  });
  from.on('close', () => to.end());
}
