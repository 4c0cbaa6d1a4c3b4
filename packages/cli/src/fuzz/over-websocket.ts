/** The chat over WebSockets: upgrades and frames, good and broken. */
import { isUtf8 } from 'node:buffer';
import type { Chance } from '../chaos/chance.ts';
import { LineEar } from './ear.ts';
import { broken, close, FrameEar, message, ping } from './frames.ts';
import { abort, closes, dial, isOpen, sayAll, turn } from './line.ts';
import { mutate } from './mutate.ts';
import { linesFor } from './over-tcp.ts';
import { cut, script } from './script.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

const LF = 0x0a;

export async function overWebSocket(chance: Chance, stage: Stage): Promise<void> {
  const { tally, hearing } = stage;
  const socket = dial(stage.http);
  const wrong = (what: string): void => hearing.wrong(what);
  const lines = new LineEar((line) => hearing.line(line), wrong);
  const frames = new FrameEar(
    (payload) => lines.take(payload.at(-1) === LF ? payload : Buffer.concat([payload, Buffer.of(LF)])),
    () => socket.end(),
    wrong,
  );
  let head: string | undefined = '';
  socket.on('data', (chunk: Buffer) => {
    if (head === undefined) {
      frames.take(chunk);
      return;
    }
    head += chunk.toString('latin1');
    hearing.anything(head);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 || !head.startsWith('HTTP/1.1 101')) return;
    const rest = Buffer.from(head.slice(end + 4), 'latin1');
    head = undefined;
    if (rest.length > 0) frames.take(rest);
  });

  tally.count('WebSocket upgrades');
  const request = Buffer.from(upgrade(chance));
  const altered = chance.odds(0.1);
  await sayAll(socket, cut(chance, [altered ? mutate(chance, request, request) : request]));
  for (const block of script(chance, stage.learned, tally, linesFor(chance, stage))) {
    await sayAll(socket, cut(chance, framed(chance, block, tally)));
    await turn();
    if (!isOpen(socket)) break;
  }
  if (chance.odds(0.6)) await sayAll(socket, [close(chance)]);
  const way = chance.next();
  if (way < 0.15) abort(socket);
  else socket.end();
  if (!(await closes(socket))) {
    tally.report('a WebSocket was not closed after its end');
    socket.destroy();
  }
}

/** These lines as messages, with a ping in between now and then, and rarely with something that ends the connection. */
function framed(chance: Chance, lines: Buffer[], tally: Tally): Buffer[] {
  const frames: Buffer[] = [];
  while (lines.length > 0) {
    const whole = Buffer.concat(lines.splice(0, 2 * chance.between(1, 6)));
    // A message that is not UTF-8 ends the connection: mostly it is mended, so that much more is said on it.
    const payload = isUtf8(whole) || chance.odds(0.01) ? whole : Buffer.from(whole.toString());
    const made = message(chance, chance.odds(0.5) ? payload.subarray(0, -1) : payload);
    tally.count('WebSocket frames', made.length);
    frames.push(...made);
    if (chance.odds(0.05)) {
      tally.count('WebSocket frames');
      frames.push(ping(chance));
    }
    if (chance.odds(0.01)) {
      tally.count('WebSocket frames broken');
      frames.push(chance.odds(0.7) ? broken(chance) : mutate(chance, ping(chance), payload));
    }
  }
  return frames;
}

function upgrade(chance: Chance): string {
  const odd = <T>(good: T, others: readonly T[]): T => (chance.odds(0.97) ? good : chance.pick(others));
  const key = odd('dGhlIHNhbXBsZSBub25jZQ==', ['', 'short', 'dGhlIHNhbXBsZSBub25jZQ', '\x01']);
  const forwarded = chance.odds(0.2)
    ? `X-Forwarded-For: ${chance.pick(['203.0.113.9', '1.1.1.1, 203.0.113.9', 'unknown', '::1', '', ', ,', '2001:db8::9, 127.0.0.1'])}\r\n`
    : '';
  const origin = chance.odds(0.1)
    ? `Origin: ${chance.pick(['http://chat', 'null', 'https://evil.example', '', '::'])}\r\n`
    : '';
  return `${odd('GET', ['POST', 'HEAD', 'get'])} ${odd('/chat', ['/', '/chat/', '//chat', '/chat?x=1', '/chat#', '*', '/%63hat'])} HTTP/1.1\r
Host: chat\r
Upgrade: ${odd('websocket', ['h2c', 'websocket, foo', 'WebSocket', ''])}\r
Connection: ${odd('Upgrade', ['keep-alive, Upgrade', 'close', ''])}\r
Sec-WebSocket-Key: ${key}\r
Sec-WebSocket-Version: ${odd('13', ['8', '12', '', '13, 8', '99999999999'])}\r
${chance.odds(0.2) ? 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n' : ''}${forwarded}${origin}\r
`;
}
