/** A server over TCP whose every connection is a WebSocket's: what speaks TCP alone can so be tried over WebSockets. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Address } from '../address.ts';

export class WebBridge {
  readonly #server: Server;

  constructor(url: string) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => void bridge(socket, url));
  }

  async start(): Promise<Address> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const taken = this.#server.address();
    if (taken === null || typeof taken === 'string') throw new Error('not an address of TCP');
    return { host: taken.address, port: taken.port };
  }

  async stop(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}

// What was read up to the last LF is one message; a line that is not over yet waits.
async function bridge(socket: Socket, url: string): Promise<void> {
  socket.on('error', () => {});
  const webSocket = new WebSocket(url);
  webSocket.onmessage = ({ data }) => socket.write(`${data}\n`);
  webSocket.onclose = () => socket.end();
  await once(webSocket, 'open');
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const text = rest + chunk;
    const end = text.lastIndexOf('\n');
    if (end >= 0) webSocket.send(text.slice(0, end));
    rest = text.slice(end + 1);
  });
  socket.on('end', () => webSocket.close()).on('close', () => webSocket.close());
}
