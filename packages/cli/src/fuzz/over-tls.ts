/** TLS: handshakes that are cut or altered, records that are, and lines where all is well; with a proxy's header before it now and then. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Chance } from '../chaos/chance.ts';
import { LineEar } from './ear.ts';
import { closes, dial, ignore, sayAll } from './line.ts';
import { mutate, random } from './mutate.ts';
import { linesFor, overTcp, sayLines } from './over-tcp.ts';
import { preamble } from './preamble.ts';
import { cut } from './script.ts';
import type { Stage } from './stage.ts';

export async function overTls(chance: Chance, stage: Stage): Promise<void> {
  const { tally } = stage;
  if (!stage.tls) return overTcp(chance, stage);
  const proxied = stage.proxy !== undefined && chance.odds(0.25);
  const raw = dial({ ...stage.tls, localAddress: proxied ? stage.proxy : undefined });
  tally.count('TLS streams');
  if (proxied) {
    tally.count('PROXY preambles');
    raw.write(preamble(chance));
  }
  if (chance.odds(0.2)) {
    raw.resume();
    await sayAll(raw, cut(chance, [random(chance, chance.between(1, 3000))]));
  } else await handshake(chance, stage, raw);
  if (chance.odds(0.2)) raw.resetAndDestroy();
  else raw.end();
  if (!(await closes(raw))) {
    tally.report('a connection over TLS was not closed after its end');
    raw.destroy();
  }
}

async function handshake(chance: Chance, stage: Stage, raw: Socket): Promise<void> {
  const near = createServer();
  near.listen(0, '127.0.0.1');
  await once(near, 'listening');
  const taken = near.address();
  if (taken === null || typeof taken === 'string') throw new Error('not an address of TCP');
  // Which of what TLS writes is altered: the first is the ClientHello.
  const broken = chance.odds(0.5) ? chance.between(0, 6) : Number.POSITIVE_INFINITY;
  near.on('connection', (client) => join(client, raw, alteration(chance, broken)));
  const socket = connectTls({ port: taken.port, host: taken.address, rejectUnauthorized: false });
  socket.on('error', ignore);
  const ear = new LineEar(
    (line) => stage.hearing.line(line),
    (what) => stage.hearing.wrong(what),
  );
  socket.on('data', (chunk: Buffer) => ear.take(chunk));
  const secured = await Promise.race([
    once(socket, 'secureConnect').then(
      () => true,
      () => false,
    ),
    closes(raw).then(() => false),
  ]);
  if (secured) {
    await sayLines(chance, stage, socket, linesFor(chance, stage));
    // What was said is on its way before the connection ends, unless it breaks.
    if (chance.odds(0.8))
      await Promise.race([new Promise((done) => socket.end(() => done(undefined))), closes(raw)]);
    if (chance.odds(0.3) && raw.writable) raw.write(random(chance, chance.between(1, 300)));
  }
  near.close();
  if (raw.destroyed) socket.destroy();
  else raw.once('close', () => socket.destroy());
}

/** Passes on what TLS writes, all but one part of it as it is. */
function alteration(chance: Chance, broken: number): (chunk: Buffer) => Buffer {
  let writes = 0;
  return (chunk) => (writes++ === broken ? mutate(chance, chunk, random(chance, 50)) : chunk);
}

function join(client: Socket, raw: Socket, alter: (chunk: Buffer) => Buffer): void {
  client.on('error', ignore);
  if (raw.destroyed) {
    client.destroy();
    return;
  }
  client.on('data', (chunk: Buffer) => {
    if (raw.writable && !raw.write(alter(chunk))) client.pause();
  });
  raw.on('drain', () => client.resume());
  raw.on('data', (chunk: Buffer) => client.write(chunk));
  raw.on('end', () => client.end());
  client.on('end', () => raw.end());
  raw.on('close', () => client.destroy());
}
