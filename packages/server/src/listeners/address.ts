import { once } from 'node:events';
import type { Server } from 'node:net';

/** Where a listener listens. */
export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** An address can't be taken. `cause` is the system's error. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  /** The flag that says where to listen. */
  readonly flag: '--tcp' | '--http';
  readonly address: Address;

  constructor(flag: '--tcp' | '--http', address: Address, cause: unknown) {
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

/** Takes no more connections; resolves when the last one has ended. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
