/** Wires the parts (docs/architecture.md): listener → conversation → log → chat → output commit → fan-out → listener. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setInterval } from 'node:timers';
import { Keys } from './admission/keys.ts';
import { Password, type PasswordFile } from './admission/password.ts';
import { Chat } from './chat/chat.ts';
import { OPEN_DOOR } from './conversation/door.ts';
import { Tokens } from './conversation/tokens.ts';
import { type EventLog, NO_EVENT_LOG } from './event-log.ts';
import { OutputCommit } from './journal/commit.ts';
import type { Journal, Restored } from './journal/kept.ts';
import { noJournal } from './journal/none.ts';
import { Linger } from './linger.ts';
import { type ListenOptions, listen } from './listen.ts';
import type { Address } from './listeners/address.ts';
import { Connections } from './listeners/connections.ts';
import { LocalLog } from './log/local.ts';
import { release } from './release.ts';

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
  /** Is told what happens; nobody by default. */
  readonly events?: EventLog | undefined;
  /** Is told when nothing can be kept, with the error, and with `undefined` when that is over. */
  readonly onTrouble?: (error: unknown) => void;
}

export interface RunningServer {
  /** The addresses taken. */
  readonly tcp: Address | undefined;
  readonly tls: Address | undefined;
  readonly http: Address | undefined;
  /** Takes no more connections, ends those that there are, and resolves when all have ended: within a second. */
  stop(): Promise<void>;
}

const IDLE_MS = 120_000;
const LINGER_MS = 60_000;
const STOP_MS = 1000;

/** Starts a server. Rejects as `listen` and `openJournal` do, and with `CannotUsePassword`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const events = options.events ?? NO_EVENT_LOG;
  const password = options.password && new Password(options.password, events);
  const { journal, restored } = await open(options);
  const tokens = new Tokens(restored.secret);
  const connections = new Connections(options.rate === 'off' ? Number.POSITIVE_INFINITY : options.rate);
  const chat = new Chat();
  const commit = new OutputCommit(
    journal,
    (effect) => release(effect, outside),
    (command) => log.append(command),
    options.onTrouble ?? (() => {}),
  );
  const log = new LocalLog((command, id, at) => commit.add(chat.apply(command, id, at)), restored.lastId);
  const linger = new Linger(options.lingerMs ?? LINGER_MS, log);
  const outside = { connections, tokens, journal, linger };
  for (const effect of chat.restore(restored.members, restored.lastId)) release(effect, outside);
  const now = (): number => performance.now();
  const door = password ? new Keys({ password, invitations: undefined, events, now }) : OPEN_DOOR;
  const listeners = await listen(options, (wire, remote) =>
    connections.open(wire, remote, door, log, tokens),
  ).catch(async (error: unknown) => {
    linger.stop();
    await journal.close();
    throw error;
  });
  password?.follow();
  const idleMs = options.idleMs ?? IDLE_MS;
  const sweep = setInterval(() => connections.closeIdle(idleMs), idleMs / 8);
  return {
    tcp: listeners.tcp,
    tls: listeners.tls,
    http: listeners.http,
    async stop() {
      clearInterval(sweep);
      password?.close();
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
