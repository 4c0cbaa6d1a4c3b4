/** What the operator's own programs ask over HTTP: whether the server is well, and its metrics. Nothing else is here, and nothing can be changed. */
import { createServer, type IncomingMessage } from 'node:http';
import { Listener, socketsOf } from './listener.ts';

/** How the server is. */
export interface Condition {
  /** It takes connections only while it is ready. */
  readonly state: 'starting' | 'ready' | 'draining';
  /** In trouble nothing can be kept: no message is taken. `none`: nothing is to be kept. */
  readonly journal: 'ok' | 'trouble' | 'none';
}

/** Whom it asks for what it tells. */
export interface Told {
  condition(): Condition;
  metrics(): Promise<Text>;
}

/** An answer, and its media type. */
export interface Text {
  readonly type: string;
  readonly text: string;
}

/** How long, in ms, a request may take to come in, and how long a connection without one is kept. */
const REQUEST_MS = 5000;
const OPTIONS = {
  headersTimeout: REQUEST_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: REQUEST_MS,
  connectionsCheckingInterval: REQUEST_MS,
  maxHeaderSize: 8192,
};

/** Connections at a time: those who ask are few. */
const CONNECTIONS = 64;

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export class AdminHttpListener extends Listener {
  constructor(told: Told) {
    const server = createServer(OPTIONS, (request, response) => {
      void answerTo(request, told)
        .catch((error: unknown) => plainly(500, String(error)))
        .then(({ status, headers, text }) =>
          response.writeHead(status, { ...HEADERS, ...headers }).end(text),
        );
    });
    server.maxConnections = CONNECTIONS;
    super(server, socketsOf(server));
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

async function answerTo({ method, url = '/' }: IncomingMessage, told: Told): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD')
    return { ...plainly(405, 'Only GET and HEAD.'), headers: { allow: 'GET, HEAD' } };
  switch (url.split('?', 1)[0]) {
    case '/healthz':
      return plainly(200, 'ok');
    case '/readyz': {
      const condition = told.condition();
      const headers = { 'content-type': 'application/json' };
      return {
        status: condition.state === 'ready' ? 200 : 503,
        headers,
        text: `${JSON.stringify(condition)}\n`,
      };
    }
    case '/metrics': {
      const { type, text } = await told.metrics();
      return { status: 200, headers: { 'content-type': type }, text };
    }
    default:
      return plainly(404, 'There is nothing here. Ask for /healthz, /readyz or /metrics.');
  }
}

function plainly(status: number, sentence: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, text: `${sentence}\n` };
}
