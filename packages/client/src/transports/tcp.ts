import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeUtf8, LineSplitter, TOO_LONG } from '@palabre/protocol';
import { LONGEST_LINE } from '../core/incoming.ts';
import type { Dial, Ear, Wire } from './wire.ts';

/** How long what was said may take to go out after `drop`, in ms: a dead line would keep its socket for ever. */
const DROP_MS = 2000;

/** Lines over TCP. */
export function dialTcp(host: string, port: number): Dial {
  return (ear) => wireOf(connectTcp({ host, port }), 'connect', ear);
}

/** Lines over TLS. Certificates are checked as Node.js does: more authorities through `NODE_EXTRA_CA_CERTS`. */
export function dialTls(host: string, port: number): Dial {
  // RFC 6066: an IP address is no server name.
  const options = { host, port, ...(isIP(host) ? {} : { servername: host }) };
  return (ear) => wireOf(connectTls(options), 'secureConnect', ear);
}

function wireOf(socket: Socket, opened: 'connect' | 'secureConnect', ear: Ear): Wire {
  const splitter = new LineSplitter(LONGEST_LINE);
  let cause: Error | undefined;
  socket.setNoDelay(true);
  socket.on(opened, () => ear.opened());
  socket.on('data', (chunk) => {
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
  socket.on('close', () => ear.lost(cause));
  return {
    say: (lines) => void socket.write(lines.map((line) => `${line}\n`).join('')),
    drop() {
      if (socket.connecting) return void socket.destroy();
      socket.destroySoon();
      setTimeout(() => socket.destroy(), DROP_MS).unref();
    },
  };
}
