/** Requests to the page's listener: what a scanner asks, and worse. */
import { setTimeout } from 'node:timers/promises';
import type { Chance } from '../chaos/chance.ts';
import { abort, closes, dial, sayAll } from './line.ts';
import { mutate } from './mutate.ts';
import { cut } from './script.ts';
import type { Stage } from './stage.ts';

const PATHS = [
  '/',
  '/index.html',
  '/assets/app-1a2b3c.js',
  '/chat',
  '/secret',
  '/../secret',
  '/..%2fsecret',
  '/%2e%2e/secret',
  '/assets/../../secret',
  '/assets/..%5c..%5csecret',
  '/%00',
  '/%',
  '/%ff',
  '//secret',
  '/.git/config',
  '/index.html/../../secret',
  `/${'a'.repeat(3000)}`,
  '*',
  'http://chat/../secret',
  '/?x=%00',
];

const HEADERS = [
  'Accept-Encoding: gzip, br',
  'Range: bytes=0-5',
  'Range: bytes=-1,5-2',
  'If-None-Match: *',
  'If-Modified-Since: nonsense',
  'Content-Length: 5',
  'Content-Length: -1',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, identity',
  'Expect: 100-continue',
  'Connection: close',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'X-Forwarded-For: nonsense',
  `X-Long: ${'x'.repeat(2000)}`,
  ': empty',
  'Bad Header',
  ' folded',
  'Cookie: a=\x00',
];

/** After its answer the server ends the connection. */
const LAST = Buffer.from('GET / HTTP/1.1\r\nHost: chat\r\nConnection: close\r\n\r\n');

/** How long, in ms, answers are waited for: a request without its end gets none. */
const ANSWERS_MS = 500;

export async function overHttp(chance: Chance, stage: Stage): Promise<void> {
  const { tally, hearing } = stage;
  const socket = dial(stage.http);
  let begun = false;
  let before = '';
  socket.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1');
    if (!begun && !text.startsWith('HTTP/1.1 '))
      hearing.wrong(`HTTP began with ${JSON.stringify(text.slice(0, 100))}`);
    begun = true;
    hearing.anything(before + text);
    before = text.slice(-100);
  });
  const count = chance.between(1, 15);
  const said: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    const asked = Buffer.from(request(chance), 'latin1');
    said.push(chance.odds(0.1) ? mutate(chance, asked, said[0] ?? asked) : asked);
  }
  tally.count('HTTP requests', count);
  await sayAll(socket, cut(chance, said));
  // Who ends its half is not answered any more: mostly the answers are waited for.
  if (chance.odds(0.7)) {
    await sayAll(socket, [LAST]);
    await Promise.race([closes(socket), setTimeout(ANSWERS_MS)]);
  }
  if (chance.odds(0.2)) abort(socket);
  else socket.end();
  if (!(await closes(socket))) {
    tally.report('a connection of HTTP was not closed after its end');
    socket.destroy();
  }
}

// Mostly such as are answered: one that is no HTTP ends the connection, and what follows it is not heard.
function request(chance: Chance): string {
  const headers = Array.from(
    { length: chance.odds(0.7) ? 0 : chance.between(1, 4) },
    () => `${chance.pick(HEADERS)}\r\n`,
  ).join('');
  const method = chance.odds(0.85)
    ? 'GET'
    : chance.pick(['HEAD', 'POST', 'OPTIONS', 'PUT', 'TRACE', 'CONNECT', 'PRI', 'XYZ']);
  const version = chance.odds(0.95) ? 'HTTP/1.1' : chance.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', '']);
  return `${method} ${chance.pick(PATHS)} ${version}\r\nHost: chat\r\n${headers}\r\n${chance.odds(0.1) ? '5\r\nhello\r\n0\r\n\r\n' : ''}`;
}
