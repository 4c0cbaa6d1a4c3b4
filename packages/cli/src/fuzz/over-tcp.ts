/** Lines over TCP, with or without a proxy's header before them. */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Chance } from '../chaos/chance.ts';
import { LineEar } from './ear.ts';
import { closes, dial, isOpen, sayAll, settles, turn } from './line.ts';
import { random } from './mutate.ts';
import { preamble } from './preamble.ts';
import { cut, script } from './script.ts';
import type { Stage } from './stage.ts';

/** How long, in ms, one reads nothing that asks for much. */
const DEAF_MS = 400;

/** Few lines mostly, and sometimes as many as may be. */
export function linesFor(chance: Chance, { lines }: Stage): number {
  const size = chance.next();
  if (size < 0.3) return chance.between(1, Math.min(10, lines));
  return chance.between(1, size < 0.75 ? Math.min(300, lines) : lines);
}

/** Says so many lines, or fewer if the connection ends first. */
export async function sayLines(chance: Chance, stage: Stage, socket: Duplex, count: number): Promise<void> {
  for (const block of script(chance, stage.learned, stage.tally, count)) {
    await sayAll(socket, cut(chance, block));
    await turn();
    if (!isOpen(socket)) return;
  }
}

export async function overTcp(chance: Chance, stage: Stage): Promise<void> {
  const socket = dial(stage.tcp);
  listen(socket, stage);
  await sayLines(chance, stage, socket, linesFor(chance, stage));
  await finish(chance, socket, stage, 'a connection over TCP');
}

/** Asks for much and reads nothing of it, until the server owes it so much that it is heard no more; then it reads after all, or goes. */
export async function deaf(chance: Chance, stage: Stage): Promise<void> {
  const socket = dial(stage.tcp);
  const name = `deaf${chance.between(0, 1e9)}`;
  const asked = chance.pick(['@limit=500 HST', `MSG ${'x'.repeat(4000)}`, `PRV ${name} ${'é'.repeat(2000)}`]);
  // 150 pages of history are 10 MB; of what is said 800 lines are 3 MB.
  const count = Math.min(stage.lines, asked.endsWith('HST') ? 150 : 800);
  stage.tally.count('lines of the grammar', count);
  socket.write(`EXT\nIAM ${name}\n${`${asked}\n`.repeat(count)}`);
  await setTimeout(DEAF_MS);
  if (chance.odds(0.4)) {
    socket.resetAndDestroy();
    return;
  }
  listen(socket, stage);
  socket.end();
  if (await closes(socket)) return;
  stage.tally.report(
    `a connection that had not read was not closed after it had: ${asked.slice(0, 20)}, ${socket.bytesRead} bytes`,
  );
  socket.destroy();
}

/** From the address that is trusted; from another a header ends the connection. */
export async function behindProxy(chance: Chance, stage: Stage): Promise<void> {
  const { tally } = stage;
  const localAddress = chance.odds(0.7) ? stage.proxy : undefined;
  const socket = dial({ ...stage.tcp, localAddress });
  listen(socket, stage);
  tally.count('PROXY preambles');
  await sayAll(socket, cut(chance, [preamble(chance)]));
  await sayLines(chance, stage, socket, chance.between(1, Math.min(40, stage.lines)));
  await finish(chance, socket, stage, 'a connection behind a proxy');
}

/** Connects, says nothing or half of something, and goes. */
export async function bare(chance: Chance, stage: Stage): Promise<void> {
  const sockets = Array.from({ length: chance.between(1, 80) }, () => {
    const socket = dial({ ...chance.pick([stage.tcp, stage.tls ?? stage.tcp, stage.http]), secure: false });
    stage.tally.count('bare connections');
    if (chance.odds(0.3)) socket.write(random(chance, chance.between(1, 40)));
    socket.resume();
    return socket;
  });
  // Mostly so many at once that the server takes no more of them (4.4).
  if (chance.odds(0.7)) await Promise.all(sockets.map((socket) => settles(socket, 'connect')));
  for (const socket of sockets) {
    if (chance.odds(0.5)) socket.destroy();
    else socket.end();
  }
  for (const socket of sockets) {
    if (await closes(socket)) continue;
    stage.tally.report('a connection that said nothing and ended was not closed');
    socket.destroy();
  }
}

/** What comes is looked at, line by line. */
function listen(socket: Socket, { hearing }: Stage): void {
  const ear = new LineEar(
    (line) => hearing.line(line),
    (what) => hearing.wrong(what),
  );
  socket.on('data', (chunk: Buffer) => ear.take(chunk));
}

/** Ends a connection in one of the ways there are; where it is an orderly one, the server has to close it too. */
async function finish(chance: Chance, socket: Socket, { tally }: Stage, what: string): Promise<void> {
  const way = chance.next();
  if (way < 0.12) socket.resetAndDestroy();
  else if (way < 0.16) socket.destroy();
  else if (way < 0.3) socket.write('\nBYE\n');
  else socket.end();
  if (!(await closes(socket))) {
    tally.report(`${what} was not closed after its ${way < 0.3 ? 'BYE' : 'end'}`);
    socket.destroy();
  }
}
