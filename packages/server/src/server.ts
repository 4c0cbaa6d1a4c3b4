/** Wires the parts (docs/architecture.md): listener → conversation → log → chat → output commit → fan-out → listener. */
import { randomBytes } from 'node:crypto';
import { setInterval } from 'node:timers';
import { Chat } from './chat/chat.ts';
import { OPEN_DOOR } from './conversation/door.ts';
import { Tokens } from './conversation/tokens.ts';
import { NO_EVENT_LOG } from './event-log.ts';
import { OutputCommit } from './journal/commit.ts';
import { reasonOf } from './journal/errors.ts';
import type { Journal, Restored } from './journal/kept.ts';
import { noJournal } from './journal/none.ts';
import { Linger } from './linger.ts';
import { type ListenOptions, listen } from './listen.ts';
import type { Address } from './listeners/address.ts';
import { Connections } from './listeners/connections.ts';
import { LocalLog } from './log/local.ts';
import { Monitor } from './monitor.ts';
import { release, VERSION } from './release.ts';

export interface ServerOptions extends ListenOptions {
  /** The directory of the journal, made if need be; 'none': nothing is kept. */
  readonly data: string;
  /** How long what was said is kept, in ms; for ever by default. */
  readonly keepMs?: number | undefined;
  /** How long a member whose connection is lost is waited for, in ms: 60,000 by default (3.7). */
  readonly lingerMs?: number;
  /** Lines a second that one connection may say (five times as many at once), or no limit. */
  readonly rate: number | 'off';
  /** How long, in ms, a connection may say nothing before it has a name: 120,000 by default (4.1). */
  readonly idleMs?: number;
  /** Where to tell over HTTP whether the server is well, and its metrics; absent: nowhere. */
  readonly adminHttp?: Address | undefined;
}

export interface RunningServer {
  /** The addresses taken. */
  readonly tcp: Address | undefined;
  readonly tls: Address | undefined;
  readonly http: Address | undefined;
  readonly adminHttp: Address | undefined;
  /** Takes no more connections, ends those that there are, and resolves when all have ended: within a second. */
  stop(): Promise<void>;
}

const IDLE_MS = 120_000;
const LINGER_MS = 60_000;
const STOP_MS = 1000;

/** Starts a server. Rejects as `listen` and `openJournal` do. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const monitor = await Monitor.open(options.adminHttp);
  return start(options, monitor).catch(async (error: unknown) => {
    await monitor.close();
    throw error;
  });
}

async function start(options: ServerOptions, monitor: Monitor): Promise<RunningServer> {
  const { counters } = monitor;
  const { events = NO_EVENT_LOG } = options;
  const { journal, restored } = await open(options);
  const tokens = new Tokens(restored.secret);
  const rate = options.rate === 'off' ? Number.POSITIVE_INFINITY : options.rate;
  const connections = new Connections(rate, counters, events);
  const chat = new Chat();
  const commit = new OutputCommit(
    journal,
    (effect) => release(effect, outside),
    (command) => log.append(command),
    (error) =>
      error === undefined
        ? events.info('the journal can be written again: messages are taken')
        : events.error({ reason: reasonOf(error) }, 'no message is taken for now: nothing can be kept'),
    counters,
  );
  const log = new LocalLog((command, id, at) => commit.add(chat.apply(command, id, at)), restored.lastId);
  const linger = new Linger(options.lingerMs ?? LINGER_MS, log);
  const outside = { connections, tokens, journal, linger, counters, events };
  for (const effect of chat.restore(restored.members, restored.lastId)) release(effect, outside);
  const listeners = await listen(
    options,
    (wire, remote) => connections.open(wire, remote, OPEN_DOOR, log, tokens),
    counters,
  ).catch(async (error: unknown) => {
    linger.stop();
    await journal.close();
    throw error;
  });
  const idleMs = options.idleMs ?? IDLE_MS;
  const sweep = setInterval(() => connections.closeIdle(idleMs), idleMs / 8);
  const { data, maxConnections } = options;
  const { tcp, tls, http } = listeners;
  monitor.ready({
    keeps: data !== 'none',
    troubled: () => commit.troubled,
    census: () => ({
      ...connections.census(),
      connectionsMax: maxConnections,
      members: chat.members,
      lingering: chat.lingering,
      rooms: chat.rooms,
      commitWaiting: commit.waiting,
      journalTrouble: commit.troubled,
      certificateEnds: listeners.certificateEnds,
    }),
  });
  events.info({ version: VERSION, node: process.versions.node, data }, 'started');
  for (const [listener, address] of Object.entries({ tcp, tls, http, 'admin-http': monitor.address }))
    if (address) events.info({ listener, ...address }, 'listening');
  return {
    tcp,
    tls,
    http,
    adminHttp: monitor.address,
    async stop() {
      monitor.draining();
      events.info('stopping');
      clearInterval(sweep);
      // First: whoever is lost from here on comes back to the next server, or not at all.
      linger.stop();
      const closed = listeners.close();
      await commit.settled();
      connections.endAll();
      const late = setTimeout(() => {
        connections.destroyAll();
        listeners.destroy();
      }, STOP_MS);
      await closed;
      clearTimeout(late);
      await commit.settled();
      await journal.close();
      await monitor.close();
      events.info('stopped');
    },
  };
}

async function open({ data, keepMs }: ServerOptions): Promise<{ journal: Journal; restored: Restored }> {
  if (data !== 'none') {
    const { openJournal } = await import('./journal/sqlite.ts'); // not loaded where nothing is kept
    return openJournal(data, { keepMs });
  }
  return { journal: noJournal, restored: { secret: randomBytes(32), lastId: 0, members: [] } };
}
