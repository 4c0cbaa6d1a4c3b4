/** Fake servers on real sockets: TCP, TLS, WebSocket. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { CERTIFICATE, KEY } from './certificate.ts';
import { type FakeOptions, FakeServer } from './fake-server.ts';

export interface Listener extends AsyncDisposable {
  readonly port: number;
  readonly server: FakeServer;
  /** Cuts every connection. */
  cut(): void;
}

/** Lines ended by LF. */
export async function listen(over: 'tcp' | 'tls'): Promise<Listener> {
  const server = new FakeServer();
  const sockets = new Set<Socket>();
  const join = (socket: Socket): void => {
    sockets.add(socket);
    let partial = '';
    const seat = server.join(
      (line) => void socket.write(`${line}\n`),
      () => socket.end(),
    );
    socket.setEncoding('utf8').on('data', (chunk) => {
      const lines = `${partial}${chunk}`.split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines) server.hear(seat, line);
    });
    socket.on('error', () => {});
    socket.on('close', () => server.leave(seat));
  };
  const listener =
    over === 'tcp' ? createTcpServer(join) : createTlsServer({ key: KEY, cert: CERTIFICATE }, join);
  return await ready(listener, server, sockets);
}

/** Lines in WebSocket messages (3.12): as little of RFC 6455 as a test needs, frames up to 64 KiB in one piece each. */
export async function listenWebSocket(options: FakeOptions = {}): Promise<Listener> {
  const server = new FakeServer(options);
  const sockets = new Set<Socket>();
  const http = createHttpServer((_, response) => response.writeHead(404).end());
  http.on('upgrade', (request, socket: Socket) => {
    sockets.add(socket);
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    if (request.url !== '/chat') return socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    // What is said at one go goes into one message.
    let gathered: string[] = [];
    const flush = (): void => {
      if (gathered.length > 0) socket.write(frame(gathered.join('\n')));
      gathered = [];
    };
    const seat = server.join(
      (line) => {
        if (gathered.push(line) === 1) queueMicrotask(flush);
      },
      () => setImmediate(() => socket.end(Buffer.from([0x88, 0]))),
    );
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let read = unframe(bytes); read; read = unframe(bytes)) {
        bytes = read.rest;
        if (read.opcode === 8) socket.end();
        else for (const line of read.text.split('\n')) server.hear(seat, line);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => server.leave(seat));
    return socket;
  });
  return await ready(http, server, sockets);
}

async function ready(listener: Server, server: FakeServer, sockets: Set<Socket>): Promise<Listener> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port: (listener.address() as AddressInfo).port,
    server,
    cut,
    async [Symbol.asyncDispose]() {
      listener.close();
      cut();
    },
  };
}

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
  return Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload]);
}

function unframe(bytes: Buffer): { opcode: number; text: string; rest: Buffer } | undefined {
  if (bytes.length < 6) return undefined;
  const short = bytes.readUInt8(1) & 127;
  const at = short === 126 ? 4 : 2;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  const end = at + 4 + length;
  if (bytes.length < end) return undefined;
  const mask = bytes.subarray(at, at + 4);
  const payload = Buffer.from(bytes.subarray(at + 4, end).map((byte, i) => byte ^ mask.readUInt8(i % 4)));
  return { opcode: bytes.readUInt8(0) & 15, text: payload.toString(), rest: bytes.subarray(end) };
}
