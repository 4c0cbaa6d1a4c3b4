/** Wires the parts (docs/architecture.md): listener → conversation → log → chat → output commit → fan-out → listener. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setInterval } from 'node:timers';
import { openAdmin, pageUrl } from './admin.ts';
import { Bans } from './admission/bans.ts';
import { Invitations } from './admission/invitations.ts';
import { Keys } from './admission/keys.ts';
import { Password, type PasswordFile } from './admission/password.ts';
import { Chat } from './chat/chat.ts';
import type { Identity } from './chat/commands.ts';
import { inTurn } from './conversation/door.ts';
import { Tokens } from './conversation/tokens.ts';
import { NO_EVENT_LOG } from './event-log.ts';
import { OutputCommit } from './journal/commit.ts';
import { reasonOf } from './journal/errors.ts';
import type { Journal, Restored } from './journal/kept.ts';
import { noJournal } from './journal/none.ts';
import { bytesOf } from './journal/size.ts';
import { Linger } from './linger.ts';
import { type ListenOptions, listen } from './listen.ts';
import type { Address } from './listeners/address.ts';
import { Connections } from './listeners/connections.ts';
import { LocalLog } from './log/local.ts';
import { CrowdMemory } from './memory.ts';
import { Monitor } from './monitor.ts';
import { Orders } from './operator/orders.ts';
import { release, VERSION } from './release.ts';

export interface ServerOptions extends ListenOptions {
  /** The directory of the journal, made if need be; 'none': nothing is kept. */
  readonly data: string;
  /** How long what was said is kept, in ms; for ever by default. */
  readonly keepMs?: number | undefined;
  /** How long a member whose connection is lost is waited for, in ms: 60,000 by default (3.7). */
  readonly lingerMs?: number;
  /** What whoever comes in has to show (3.13); absent: nothing. */
  readonly password?: PasswordFile | undefined;
  /** Lines a second that one connection may say (five times as many at once), or no limit. */
  readonly rate: number | 'off';
  /** How long, in ms, a connection may say nothing before it has a name: 120,000 by default (4.1). */
  readonly idleMs?: number;
  /** How long, in ms, `stop` gives those who are slow to read what they are owed: 1,000 by default; 0: it ends at once. */
  readonly drainMs?: number | undefined;
  /** Where to tell over HTTP whether the server is well, and its metrics; absent: nowhere. */
  readonly adminHttp?: Address | undefined;
  /**
   * Is told that the server can't go on, with an error that says why: its process must end now, and members come back to the next one. By default the
   * error is thrown where nobody catches it, which ends the process too.
   */
  readonly onLost?: (error: Error) => void;
}

export interface RunningServer {
  /** The addresses taken. */
  readonly tcp: Address | undefined;
  readonly tls: Address | undefined;
  readonly http: Address | undefined;
  readonly adminHttp: Address | undefined;
  /** Aborted once the server ends, before anything else: whoever sends it newcomers should send them elsewhere. */
  readonly draining: AbortSignal;
  /**
   * Takes no more connections, gives those that there are what they are owed, and ends them, in `drainMs` at the latest. Resolves when all have
   * ended and the journal has what it was given: that takes as long as its disk does. The members of the extended form may come back to the next server. However often it is called, it happens once.
   */
  stop(): Promise<void>;
}

/** How long, in ms, a flush waits for the journal where both have one core. A commit takes 0.3, where the disk takes no time. */
const COMMIT_MS = 0.5;
const IDLE_MS = 120_000;
const LINGER_MS = 60_000;
const DRAIN_MS = 1000;

/** Starts a server. Rejects as `listen` and `openJournal` do, and with `CannotUsePassword`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const monitor = await Monitor.open(options.adminHttp);
  return start(options, monitor).catch(async (error: unknown) => {
    await monitor.close();
    throw error;
  });
}

async function start(options: ServerOptions, monitor: Monitor): Promise<RunningServer> {
  const { counters } = monitor;
  const { data, maxConnections, events = NO_EVENT_LOG, drainMs = DRAIN_MS, idleMs = IDLE_MS } = options;
  const password = options.password && new Password(options.password, events);
  const { journal, restored } = await open(options);
  const tokens = new Tokens(restored.secret);
  const rate = options.rate === 'off' ? Number.POSITIVE_INFINITY : options.rate;
  // With more cores the journal goes on by itself.
  const wait = availableParallelism() === 1 ? () => journal.wait(COMMIT_MS) : undefined;
  const beforeFlush = (): void => commit.goOn(wait);
  const connections = new Connections(rate, counters, events, beforeFlush);
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
    (behind) => connections.fanout.hold(behind),
  );
  const log = new LocalLog((command, id, at) => commit.add(chat.apply(command, id, at)), restored.lastId);
  const linger = new Linger(options.lingerMs ?? LINGER_MS, log);
  const bans = new Bans(restored.bans);
  const invitations = new Invitations(restored.secret, restored.withdrawn);
  const orders = new Orders(log, connections, bans, invitations);
  const isKept = (identity: Identity): boolean => commit.isKept(identity);
  const outside = { connections, tokens, isKept, journal, linger, operator: orders, counters, events };
  for (const effect of chat.restore(restored.members, restored.lastId)) release(effect, outside);
  const now = (): number => performance.now();
  const door = password ? inTurn(bans, new Keys({ password, invitations, events, now })) : bans;
  const listeners = await listen(
    options,
    (wire, remote) => connections.open(wire, remote, door, log, tokens),
    counters,
  ).catch(async (error: unknown) => {
    linger.stop();
    await journal.close();
    throw error;
  });
  password?.follow();
  const memory = new CrowdMemory();
  const sweep = setInterval(() => {
    connections.closeIdle(idleMs);
    memory.look(connections.takeCount());
  }, idleMs / 8);
  const draining = new AbortController();
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= drain();
    return stopped;
  };
  const drain = async (): Promise<void> => {
    draining.abort();
    monitor.draining();
    events.info({ drainMs }, 'draining');
    clearInterval(sweep);
    password?.close();
    // First: whoever is lost from here on comes back to the next server, or not at all.
    linger.stop();
    const closed = listeners.close();
    const late = setTimeout(() => {
      connections.destroyAll();
      listeners.destroy();
    }, drainMs);
    // Whoever is cut at the bound need not wait for the journal; the process does.
    await Promise.race([commit.settled(), closed]);
    connections.endAll(drainMs);
    await closed;
    clearTimeout(late);
    await commit.finish();
    await admin?.close();
    await journal.close();
    await monitor.close();
    events.info('stopped');
  };
  const { tcp, tls, http } = listeners;
  const admin = await openAdmin(data, {
    ...{ orders, connections, bans, invitations, events, drainMs, draining: draining.signal },
    url: pageUrl(http, options.certificate !== undefined),
    asksForKey: password !== undefined,
    drain: () => void stop(),
    journal: async () => ({ bytes: await bytesOf(data), state: commit.troubled ? 'unwritable' : 'ok' }),
  });
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
  return { tcp, tls, http, adminHttp: monitor.address, draining: draining.signal, stop };
}

async function open({
  data,
  keepMs,
  onLost,
  events,
}: ServerOptions): Promise<{ journal: Journal; restored: Restored }> {
  if (data !== 'none') {
    const { openJournal } = await import('./journal/sqlite.ts'); // not loaded where nothing is kept
    return openJournal(data, {
      keepMs,
      ...(onLost && { onLost }),
      onReaderLost: (reason) => events?.warn({ reason }, 'journal reader died'),
    });
  }
  return {
    journal: noJournal,
    restored: { secret: randomBytes(32), lastId: 0, members: [], bans: [], withdrawn: [] },
  };
}
