import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** Where a listener listens. */
export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** The flag that says where a listener listens. */
export type Flag = '--tcp' | '--tls' | '--http';

/** An address can't be taken. `cause` is the system's error. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly flag: Flag;
  readonly address: Address;

  constructor(flag: Flag, address: Address, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.flag = flag;
    this.address = address;
  }
}

/** Connections that the system holds until they are accepted: enough for a crowd that comes back at once. */
const BACKLOG = 4096;

/** Has the server listen; resolves to the address taken. Rejects with the system's error where it can't be taken. */
export async function listen(server: Server, { host, port }: Address): Promise<Address> {
  server.listen({ host, port, backlog: BACKLOG });
  await once(server, 'listening');
  const taken = server.address();
  if (taken === null || typeof taken === 'string') throw new Error('not an address of TCP');
  return { host: taken.address, port: taken.port };
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

/** Takes no more connections; resolves when the last one has ended. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
