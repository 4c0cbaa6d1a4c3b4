/** Lines over TCP, or over TLS. Owns the sockets, and knows nothing of what is said on them. */
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { Admission } from '../admission/admission.ts';
import { canonicalAddress } from './canonical.ts';
import type { Certificate } from './certificate.ts';
import type { Accept } from './connections.ts';
import { sayLast } from './last-words.ts';
import { Listener, socketsOf } from './listener.ts';
import { expectHeader, watchForHeader } from './proxy-protocol.ts';
import { SocketWire } from './socket-wire.ts';

/** After how many ms of silence the system asks whether the other side is still there. */
const KEEP_ALIVE_MS = 60_000;

const SOCKET = {
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: KEEP_ALIVE_MS,
};

export class TcpListener extends Listener {
  /**
   * `accept` is given each connection that `admission` lets in; the others are told `full` and closed. Addresses that `trusts` knows are proxies, and
   * say first whose connection it is; `onHeader` is told of any other that says so, and is closed. With a certificate it is TLS, after that.
   */
  constructor(
    admission: Admission,
    accept: Accept,
    full: string,
    trusts: (address: string) => boolean,
    onHeader: (address: string) => void,
    certificate?: Certificate,
  ) {
    const listener = certificate ? 'tls' : 'tcp';
    const open = (socket: Socket, client = addressOf(socket)): void => {
      socket.on('error', ignore);
      const address = client;
      // The other side may have gone before it was accepted: then it has no address any more.
      if (address === undefined) {
        socket.destroy();
        return;
      }
      if (!admission.enter(address)) {
        sayLast(socket, `${full}\n`);
        return;
      }
      const connection = accept(new TcpWire(socket, () => connection.drained()), { address, listener });
      watchForHeader(
        socket,
        (chunk) => connection.received(chunk),
        () => {
          onHeader(address);
          socket.destroy();
        },
      );
      socket.on('end', () => connection.ended());
      socket.on('close', () => {
        admission.leave(address);
        connection.closed();
      });
    };
    const begin = certificate ? overTls(certificate, open) : open;
    const server = createServer(SOCKET, (socket) => {
      const address = addressOf(socket);
      if (address === undefined || !trusts(address)) {
        begin(socket);
        return;
      }
      socket.on('error', ignore);
      expectHeader(socket, (client) => {
        begin(socket, client);
        if (!certificate) socket.resume();
      });
    });
    // A proxy's header or a handshake may be under way.
    super(server, socketsOf(server));
  }
}

type Open = (socket: Socket, client?: string) => void;

// The header of a proxy comes before the handshake: so the server that listens is not that of TLS, which is given each connection from here.
function overTls(certificate: Certificate, open: Open): Open {
  const clients = new Map<string, string>();
  const server = createTlsServer(
    { ...SOCKET, ...certificate.options, handshakeTimeout: certificate.handshakeMs },
    (socket) => open(socket, clients.get(endsOf(socket))),
  );
  certificate.keepUp(server);
  // Node.js only tells of a handshake that failed or took too long: who does not end the connection leaves it open for ever.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return (socket, client) => {
    if (client !== undefined) {
      const ends = endsOf(socket);
      clients.set(ends, client);
      socket.once('close', () => clients.delete(ends));
    }
    server.emit('connection', socket);
  };
}

/** What tells a connection from all others, before and after its handshake. */
function endsOf({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`;
}

function addressOf({ remoteAddress }: Socket): string | undefined {
  return remoteAddress === undefined ? undefined : canonicalAddress(remoteAddress);
}

class TcpWire extends SocketWire {
  end(): void {
    const { socket } = this;
    if (socket.writableEnded || socket.destroyed) return;
    // It has said all that it says, and is owed nothing: closed is as good as ended, and costs half as much.
    if (socket.readableEnded && this.unsent === 0 && !(socket instanceof TLSSocket)) {
      socket.destroy();
      return;
    }
    socket.end();
    this.endSoon();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }
}

function ignore(): void {
  // What went wrong with a connection shows as its end: 'close' follows.
}
