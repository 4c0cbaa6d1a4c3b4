/** One run of the fuzzer: the whole server in a process of its own, honest witnesses, and a number of connections that say whatever they like. */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Chance } from '../chaos/chance.ts';
import { Hearing } from './ear.ts';
import { Learned } from './grammar.ts';
import { overHttp } from './over-http.ts';
import { bare, behindProxy, deaf, overTcp } from './over-tcp.ts';
import { overTls } from './over-tls.ts';
import { overWebSocket } from './over-websocket.ts';
import { type Measured, type Served, serve } from './served.ts';
import type { Stage } from './stage.ts';
import { type Kind, Tally } from './tally.ts';
import { Witnesses } from './witnesses.ts';
import { WITNESSES } from './words.ts';

export interface Run {
  readonly seed: number;
  readonly inputs: number;
  /** With a journal, or keeping nothing. */
  readonly kept: boolean;
  /** With a certificate: the page and its WebSockets are then over TLS too. */
  readonly encrypted: boolean;
  /** Lines a second of one connection. */
  readonly rate: number | 'off';
}

export interface Found {
  readonly counts: Readonly<Record<Kind, number>>;
  readonly inputs: number;
  readonly sessions: number;
  /** Lines that those who fuzz were told, and what the witnesses heard of each other. */
  readonly read: number;
  readonly heard: number;
  readonly slowestMs: number;
  readonly seconds: number;
  readonly warm: Measured;
  readonly end: Measured;
}

/** Connections that fuzz at a time; a few more where a session opens several. */
const WIDTH = 16;

/** Few enough that bursts of connections meet the end of them (4.4); so witnesses are in before. */
const MAX_CONNECTIONS = 32;

/** After this part of the inputs the server is warm: its memory then is what it is compared with at the end. */
const WARM = 0.2;

/** What memory may come to, compared with that of the warm server, and beside it, in bytes. */
const GROWTH = 1.5;
const HEAP_SLACK = 8e6;
const RSS_SLACK = 48e6;

/** How long, in ms, the server has for forgetting those who have gone: they are waited for 1 s (3.7). */
const FORGET_MS = 20_000;

const LOOK_MS = 250;

/** A session: over TCP half of the time, else by another way in. */
const SESSIONS: readonly (readonly [number, (chance: Chance, stage: Stage) => Promise<void>])[] = [
  [0.52, overTcp],
  [0.8, overWebSocket],
  [0.86, overTls],
  [0.92, behindProxy],
  [0.975, overHttp],
  [0.98, deaf],
  [1, bare],
];

/** Runs until so many inputs were given. Throws if anything was as it must not be: the message says what, and the seed. */
export async function fuzz({ seed, inputs, kept, encrypted, rate }: Run): Promise<Found> {
  const begun = performance.now();
  const tally = new Tally();
  const learned = new Learned();
  // Not of the seed: nobody can guess it.
  const secret = `~secret-${randomBytes(12).toString('hex')}~`;
  const report = (what: string): void => tally.report(what);
  // Addresses of the machine's own network beside 127.0.0.1 are there without further ado on Linux alone.
  const proxy = process.platform === 'linux' ? '127.0.0.2' : undefined;
  const trustProxy = ['http=127.0.0.1', ...(proxy === undefined ? [] : [`tcp=${proxy}`])];
  await using server = await serve(
    { kept, encrypted, rate, maxConnections: MAX_CONNECTIONS, trustProxy },
    secret,
    report,
  );
  const at = (port: number) => ({ host: '127.0.0.1', port });
  const stage: Stage = {
    tcp: at(server.tcp),
    tls: encrypted ? at(server.tls) : undefined,
    http: { ...at(server.http), secure: encrypted },
    proxy,
    tally,
    learned,
    hearing: new Hearing(tally, learned, secret),
    // With a rate those who say more than it lets pass at once would only wait.
    lines: rate === 'off' ? 1500 : 130,
  };
  const witnesses = new Witnesses(server.tcp, secret, report);
  try {
    await witnesses.joined();
    witnesses.talk(rate === 'off' ? 50 : 250);
    const until = async (part: number): Promise<Measured> => {
      await attack(seed, stage, part * inputs);
      tally.check(seed);
      await witnesses.alone(FORGET_MS);
      return settled(server, report);
    };
    const warm = await until(WARM);
    const end = await until(1);
    await witnesses.quiet();
    compare(warm, end, report);
    tally.check(seed);
    return {
      counts: tally.counts,
      inputs: tally.inputs,
      sessions: tally.sessions,
      read: tally.read,
      heard: witnesses.heard,
      slowestMs: Math.round(witnesses.slowest),
      seconds: Math.round((performance.now() - begun) / 1000),
      warm,
      end,
    };
  } finally {
    witnesses.stop();
  }
}

/** The memory of the server once no connection but those of the witnesses is open. */
async function settled(server: Served, report: (what: string) => void): Promise<Measured> {
  const deadline = performance.now() + FORGET_MS;
  for (;;) {
    const measured = await server.measure();
    if (measured.sockets <= WITNESSES.length) return measured;
    if (performance.now() > deadline) {
      report(`${measured.sockets} sockets are open, ${WITNESSES.length} of them the witnesses'`);
      return measured;
    }
    await setTimeout(LOOK_MS);
  }
}

/** Sessions, so many at a time, each of its own part of chance, so that it is the same whatever the others do. */
async function attack(seed: number, stage: Stage, until: number): Promise<void> {
  const { tally } = stage;
  const worker = async (): Promise<void> => {
    while (tally.inputs < until && tally.wrong.length === 0) {
      const n = tally.sessions++;
      const chance = new Chance(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b));
      const kind = chance.next();
      const [, session] = SESSIONS.find(([part]) => kind < part) ?? [];
      await session?.(chance, stage);
      if (tally.wrong.length > 0) tally.report(`(session ${n} had just ended)`);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
}

function compare(warm: Measured, end: Measured, report: (what: string) => void): void {
  if (end.heapUsed > GROWTH * warm.heapUsed + HEAP_SLACK)
    report(`the heap grew from ${warm.heapUsed} to ${end.heapUsed} bytes`);
  if (end.rss > GROWTH * warm.rss + RSS_SLACK) report(`memory grew from ${warm.rss} to ${end.rss} bytes`);
}
