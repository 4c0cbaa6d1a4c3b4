import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeUtf8, LineSplitter, TOO_LONG } from '@palabre/protocol';
import type { ServerAddress } from '../address.ts';
import { LONGEST_LINE } from '../core/incoming.ts';
import type { Ear, Wire } from './wire.ts';

/** How long what was said may take to go out after `drop`, in ms: a dead line would keep its socket for ever. */
const DROP_MS = 2000;

/** Lines over TCP. */
export function dialTcp(address: ServerAddress, ear: Ear): Wire {
  return wireOf(connectTcp({ host: address.host, port: address.port }), 'connect', ear);
}

/** Lines over TLS. Certificates are checked as Node.js does: more authorities through `NODE_EXTRA_CA_CERTS`. */
export function dialTls(address: ServerAddress, ear: Ear): Wire {
  const { host, port } = address;
  // RFC 6066: an IP address is no server name.
  return wireOf(
    connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }) }),
    'secureConnect',
    ear,
  );
}

function wireOf(socket: Socket, opened: 'connect' | 'secureConnect', ear: Ear): Wire {
  const splitter = new LineSplitter(LONGEST_LINE);
  let cause: Error | undefined;
  let dropped = false;
  socket.setNoDelay(true);
  socket.on(opened, () => {
    if (!dropped) ear.opened();
  });
  socket.on('data', (chunk) => {
    if (dropped) return;
    splitter.push(chunk);
    const lines: string[] = [];
    for (let line = splitter.next(); line !== undefined; line = splitter.next()) {
      const text = line === TOO_LONG ? undefined : decodeUtf8(line);
      // 2.7  What is not text is not read; the empty line tells that the server lives.
      lines.push(text ?? '');
    }
    ear.heard(lines);
  });
  socket.on('error', (error) => {
    cause = error;
  });
  socket.on('close', () => {
    if (!dropped) ear.lost(cause);
    dropped = true;
  });
  return {
    say: (lines) => void socket.write(`${lines}\n`),
    drop() {
      dropped = true;
      if (socket.connecting) return void socket.destroy();
      socket.destroySoon();
      setTimeout(() => socket.destroy(), DROP_MS).unref();
    },
  };
}
