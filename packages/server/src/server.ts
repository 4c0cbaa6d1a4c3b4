/** Wires the parts (docs/architecture.md): listener → conversation → log → chat → output commit → fan-out → listener. */
import { setInterval } from 'node:timers';
import { Chat } from './chat/chat.ts';
import { OutputCommit } from './journal/commit.ts';
import { noJournal } from './journal/journal.ts';
import { Admission } from './listeners/admission.ts';
import { Connections } from './listeners/connections.ts';
import { type Address, TcpListener } from './listeners/tcp.ts';
import { LocalLog } from './log/local.ts';

export interface ServerOptions {
  readonly tcp: Address;
  /** Lines a second that one connection may say (five times as many at once), or no limit. */
  readonly rate: number | 'off';
  /** Connections at a time. */
  readonly maxConnections: number;
  /** How long, in ms, a connection may say nothing before it has a name: 120,000 by default (4.1). */
  readonly idleMs?: number;
}

export interface RunningServer {
  /** The address taken. */
  readonly tcp: Address;
  /** Takes no more connections, ends those that there are, and resolves when all have ended: within a second. */
  stop(): Promise<void>;
}

const IDLE_MS = 120_000;
const STOP_MS = 1000;

// 4.4  in the plain form: it has not asked for another
const FULL = 'ERR\n';

/** Starts a server. Rejects with the system's error where an address can't be taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const connections = new Connections(options.rate === 'off' ? Number.POSITIVE_INFINITY : options.rate);
  const chat = new Chat();
  const commit = new OutputCommit(noJournal, (effect) => connections.release(effect));
  const log = new LocalLog((command, id) => commit.add(chat.apply(command, id)));
  const listener = new TcpListener(
    new Admission(options.maxConnections),
    (wire) => connections.open(wire, log),
    FULL,
  );
  const tcp = await listener.listen(options.tcp);
  const idleMs = options.idleMs ?? IDLE_MS;
  const sweep = setInterval(() => connections.closeIdle(idleMs), idleMs / 8);
  return {
    tcp,
    async stop() {
      clearInterval(sweep);
      const closed = listener.close();
      connections.endAll();
      const late = setTimeout(() => connections.destroyAll(), STOP_MS);
      await closed;
      clearTimeout(late);
    },
  };
}
