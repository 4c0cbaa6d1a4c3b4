/** Wires the parts (docs/architecture.md): listener → conversation → log → chat → output commit → fan-out → listener. */
import { randomBytes } from 'node:crypto';
import { setInterval } from 'node:timers';
import { Chat } from './chat/chat.ts';
import { OPEN_DOOR } from './conversation/door.ts';
import { Tokens } from './conversation/tokens.ts';
import type { EventLog } from './event-log.ts';
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
  /** Lines a second that one connection may say (five times as many at once), or no limit. */
  readonly rate: number | 'off';
  /** How long, in ms, a connection may say nothing before it has a name: 120,000 by default (4.1). */
  readonly idleMs?: number;
  /** Is told what happens; nobody by default. */
  readonly events?: EventLog | undefined;
  /** Is told when nothing can be kept, with the error, and with `undefined` when that is over. */
  readonly onTrouble?: (error: unknown) => void;
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
  /** Takes no more connections, ends those that there are, and resolves when all have ended: within a second. */
  stop(): Promise<void>;
}

const IDLE_MS = 120_000;
const LINGER_MS = 60_000;
const STOP_MS = 1000;

/** Starts a server. Rejects as `listen` and `openJournal` do. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
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
  const listeners = await listen(options, (wire, remote) =>
    connections.open(wire, remote, OPEN_DOOR, log, tokens),
  ).catch(async (error: unknown) => {
    linger.stop();
    await journal.close();
    throw error;
  });
  const idleMs = options.idleMs ?? IDLE_MS;
  const sweep = setInterval(() => connections.closeIdle(idleMs), idleMs / 8);
  return {
    tcp: listeners.tcp,
    tls: listeners.tls,
    http: listeners.http,
    async stop() {
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
    },
  };
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
  return { journal: noJournal, restored: { secret: randomBytes(32), lastId: 0, members: [] } };
}
