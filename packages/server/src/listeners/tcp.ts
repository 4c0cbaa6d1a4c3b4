/** Lines over TCP. Owns the sockets, and knows nothing of what is said on them. */
import { createServer, type Server, type Socket } from 'node:net';
import { type Address, close, listen } from './address.ts';
import type { Admission } from './admission.ts';
import type { Accept } from './connections.ts';
import { SocketWire } from './socket-wire.ts';

/** After how many ms of silence the system asks whether the other side is still there. */
const KEEP_ALIVE_MS = 60_000;

export class TcpListener {
  readonly #server: Server;

  /** `accept` is given each connection that `admission` lets in; the others are told `full` and closed. */
  constructor(admission: Admission, accept: Accept, full: string) {
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
  listen(address: Address): Promise<Address> {
    return listen(this.#server, address);
  }

  /** Takes no more connections; resolves when the last one has ended. */
  close(): Promise<void> {
    return close(this.#server);
  }
}

class TcpWire extends SocketWire {
  readonly #socket: Socket;

  constructor(socket: Socket, onDrain: () => void) {
    super(socket, onDrain);
    this.#socket = socket;
  }

  end(): void {
    this.#socket.end();
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
  socket.end(`${full}\n`);
  socket.setTimeout(5000, () => socket.destroy());
}
