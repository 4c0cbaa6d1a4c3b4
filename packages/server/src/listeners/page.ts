import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** What a careful site sends with everything: nothing runs, loads or frames the page but itself, and nobody is told where it was read. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Files whose names change with their content may be kept for ever; the others are asked for again each time. */
const HASHED = /^\/assets\//;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Serves the page in that directory: compressed where there is a compressed copy, nothing outside it, nothing by another method. */
export function servePage(directory: string | undefined): Serve {
  const files = directory === undefined ? noPage : filesIn(directory);
  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      refuse(response, 405, 'Only GET and HEAD.');
    } else files(request, response);
  };
}

function filesIn(directory: string): Serve {
  const files = sirv(directory, {
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, path) =>
      response.setHeader('cache-control', HASHED.test(path) ? FOR_EVER : 'no-cache'),
  });
  return (request, response) =>
    files(request, response, () => refuse(response, 404, 'There is nothing here. The page is at /.'));
}

function noPage(_request: IncomingMessage, response: ServerResponse): void {
  refuse(
    response,
    404,
    'There is no page: it has not been built (npm run build). The chat is at /chat, over a WebSocket.',
  );
}

/** Answers with a status and a sentence. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}
