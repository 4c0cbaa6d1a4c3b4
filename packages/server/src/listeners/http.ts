/** The page at `/` and the chat at `/chat`, over one port. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  STATUS_CODES,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Counters } from '../metrics/counters.ts';
import type { Address } from './address.ts';
import type { Certificate } from './certificate.ts';
import { requesterOf } from './forwarded.ts';
import { sayLast } from './last-words.ts';
import { Listener, socketsOf } from './listener.ts';
import { mayOpen } from './origin.ts';
import { refuse, servePage } from './page.ts';
import type { WebSocketListener } from './websocket.ts';

export interface HttpOptions {
  readonly address: Address;
  /** The directory of the page, if there is one. */
  readonly page: string | undefined;
  /** Other sites whose pages may open the chat: `https://chat.example.org`, or `*`. */
  readonly allowOrigins: readonly string[];
  /** How often, in ms, those connected are asked whether they are still there: 30,000 by default (4.6). */
  readonly pingMs?: number | undefined;
}

const CHAT = '/chat';

/** How long, in ms, a request may take to come in. */
const REQUEST_MS = 10_000;

/** How long, in ms, what is being served may take when the server ends. Not that of WebSockets: they are no requests any more. */
const LAST_MS = 1000;

const TIMES = {
  headersTimeout: REQUEST_MS,
  requestTimeout: REQUEST_MS,
  connectionsCheckingInterval: REQUEST_MS,
  // Any other, such as h2c, is offered and may be passed over (RFC 9110, 7.8): the request is answered as it is.
  shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
};

export class HttpListener extends Listener {
  readonly #chat: WebSocketListener;
  readonly #server: Server;

  /** Addresses that `trusts` knows are proxies, and say whose requests they pass on. With a certificate it is HTTPS. */
  constructor(
    { page, allowOrigins }: Omit<HttpOptions, 'address'>,
    chat: WebSocketListener,
    trusts: (address: string) => boolean,
    counters: Counters,
    certificate?: Certificate,
  ) {
    const serve = servePage(page);
    const server = serverOf(certificate, (request, response) => {
      if (pathOf(request) !== CHAT) return serve(request, response);
      response.setHeader('upgrade', 'websocket').setHeader('connection', 'upgrade');
      refuse(response, 426, 'The chat is spoken over a WebSocket here, at /chat.');
    });
    super(server, socketsOf(server));
    this.#chat = chat;
    this.#server = server;
    server.on('upgrade', (request, socket, head) => {
      // Of a server over TCP it is a socket.
      const tcp = socket as Socket;
      tcp.on('error', ignore);
      const address = requesterOf(request, trusts);
      if (address === undefined) reject(tcp, 400);
      else if (pathOf(request) !== CHAT) reject(tcp, 404);
      else if (!mayOpen(request.headers, allowOrigins)) {
        counters.notTaken.add('origin');
        reject(tcp, 403); // 4.5
      } else chat.upgrade(request, tcp, head, address);
    });
  }

  // What is being served has a moment; browsers also connect ahead of time, and then ask for nothing.
  override async close(): Promise<void> {
    this.#chat.close();
    const late = setTimeout(() => this.#server.closeAllConnections(), LAST_MS);
    await super.close();
    clearTimeout(late);
  }
}

function serverOf(certificate: Certificate | undefined, listener: RequestListener): Server {
  if (!certificate) return createServer(TIMES, listener);
  const server = createHttpsServer({ ...TIMES, ...certificate.options }, listener);
  certificate.keepUp(server);
  return server;
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? url;
}

function reject(socket: Socket, status: 400 | 403 | 404): void {
  sayLast(
    socket,
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function ignore(): void {
  // What went wrong with a connection shows as its end.
}
