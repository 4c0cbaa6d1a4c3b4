/** How a connection becomes a WebSocket (RFC 6455, 4): a client's request, and the answer to it. */
import { createHash } from 'node:crypto';
import { quote, Wrong } from '../verify/wrong.ts';

/** 16 bytes in base64, the same for all: nothing between here and the server could have kept an older answer. */
const KEY = 'cGFsYWJyZS1iZW5jaDEuMA==';
const ACCEPT = createHash('sha1').update(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
const END = '\r\n\r\n';
/** The most bytes that an answer may have. */
const ANSWER = 16 * 1024;

/** What a client says first. It offers no extension, so that nothing is compressed. `client`: whose it is, where a proxy passes it on. */
export function upgradeRequest(path: string, client?: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...(client === undefined ? [] : [`X-Forwarded-For: ${client}`]),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}${END}`,
  ].join('\r\n');
}

/** Where the answer that begins at `at` ends, or -1 if not all of it has come. Throws Wrong unless it agrees. */
export function answerEnd(bytes: Buffer, at: number, end: number): number {
  const answer = bytes.toString('latin1', at, Math.min(end, at + ANSWER));
  const length = answer.indexOf(END) + END.length;
  if (length < END.length) {
    if (answer.length === ANSWER) throw new Wrong('got an answer to its upgrade without end');
    return -1;
  }
  const agreed = /^HTTP\/1\.1 101 /.test(answer) && answer.slice(0, length).includes(`: ${ACCEPT}\r\n`);
  if (!agreed) throw new Wrong(`was not upgraded: ${quote(bytes, at, at + length)}`);
  return at + length;
}
