/** Lines over TCP. Owns the sockets, and knows nothing of what is said on them. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Wire } from '../fanout/wire.ts';
import type { Admission } from './admission.ts';
import type { Connection } from './connections.ts';
import type { Source } from './intake.ts';

/** Where a listener listens. */
export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Connections that the system holds until they are accepted: enough for a crowd that comes back at once. */
const BACKLOG = 4096;

/** After how many ms of silence the system asks whether the other side is still there. */
const KEEP_ALIVE_MS = 60_000;

/** Bytes that a socket keeps beyond what the system takes before nothing more is written to it: those of Node's own streams. */
const FULL_BYTES = 64 * 1024;

export class TcpListener {
  readonly #server: Server;

  /** `accept` is given each connection that `admission` lets in; the others are told `full` and closed. */
  constructor(admission: Admission, accept: (wire: Wire & Source) => Connection, full: string) {
    this.#server = createServer(
      { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
      (socket) => {
        socket.on('error', ignore);
        const address = socket.remoteAddress;
        // The other side may have gone before it was accepted: then it has no address any more.
        if (address === undefined) return socket.destroy();
        if (!admission.enter(address)) return refuse(socket, full);
        const connection = accept(new TcpWire(socket, () => connection.drained()));
        socket.on('data', (chunk: Buffer) => connection.received(chunk));
        socket.on('end', () => connection.ended());
        socket.on('close', () => {
          admission.leave(address);
          connection.closed();
        });
      },
    );
  }

  /** Listens; resolves to the address taken. Rejects where it can't be taken. */
  async listen({ host, port }: Address): Promise<Address> {
    this.#server.listen({ host, port, backlog: BACKLOG });
    await once(this.#server, 'listening');
    const taken = this.#server.address() as AddressInfo; // of a TCP server that listens it is one
    return { host: taken.address, port: taken.port };
  }

  /** Takes no more connections; resolves when the last one has ended. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

class TcpWire implements Wire, Source {
  readonly #socket: Socket;
  readonly #onDrain: () => void;

  constructor(socket: Socket, onDrain: () => void) {
    this.#socket = socket;
    this.#onDrain = onDrain;
  }

  get unsent(): number {
    return this.#socket.writableLength;
  }

  write(pieces: readonly Buffer[]): boolean {
    const socket = this.#socket;
    if (!socket.writable) return true;
    if (pieces.length > 1) socket.cork();
    for (const piece of pieces) socket.write(piece);
    if (pieces.length > 1) socket.uncork();
    // Not what `write` returned: it says no to any large piece, even one that the system has taken whole.
    if (socket.writableLength < FULL_BYTES) return true;
    socket.once('drain', this.#onDrain);
    return false;
  }

  end(): void {
    this.#socket.end();
  }

  // A reset, so that the system does not go on holding what the other side does not read.
  destroy(): void {
    this.#socket.resetAndDestroy();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}

function ignore(): void {
  // What went wrong with a connection shows as its end: 'close' follows.
}

// Says so, and lets the other side read it: what it says is thrown away until it has closed or 5 s are over.
function refuse(socket: Socket, full: string): void {
  socket.resume();
  socket.end(full);
  socket.setTimeout(5000, () => socket.destroy());
}
