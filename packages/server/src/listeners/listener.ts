import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import type { Admission } from '../admission/admission.ts';
import type { Address } from './address.ts';

/** Connections that the system holds until they are accepted: enough for a crowd that comes back at once. */
const BACKLOG = 4096;

/** A server's way in: what all of them do with their port, whatever comes through it. */
export abstract class Listener {
  readonly #server: Server;
  readonly #sockets: ReadonlySet<Socket>;

  /** `sockets`: those to end where something is open that is no connection of the chat yet. */
  constructor(server: Server, sockets: ReadonlySet<Socket> = new Set()) {
    this.#server = server;
    this.#sockets = sockets;
  }

  /** Listens; resolves to the address taken. Rejects with the system's error where it can't be taken. */
  async listen({ host, port }: Address): Promise<Address> {
    this.#server.listen({ host, port, backlog: BACKLOG });
    await once(this.#server, 'listening');
    const taken = this.#server.address();
    if (taken === null || typeof taken === 'string') throw new Error('not an address of TCP');
    return { host: taken.address, port: taken.port };
  }

  /**
   * From now on sockets are closed as they come, whatever was to become of them, where there are more than `sockets` admits (4.4). A proxy that
   * `trusts` knows brings those of others, and may have any number.
   */
  limit(sockets: Admission, trusts: (address: string) => boolean): void {
    this.#server.prependListener('connection', (socket: Socket) => {
      const { remoteAddress: address } = socket;
      if (address === undefined || trusts(address)) return;
      if (sockets.enter(address)) socket.once('close', () => sockets.leave(address));
      else socket.destroy();
    });
  }

  /** Takes no more connections; resolves when the last one has ended. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Ends now what is no connection of the chat yet: handshakes, requests. */
  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** The sockets that a server has taken, as long as they are open, whatever has become of them. */
export function socketsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}
