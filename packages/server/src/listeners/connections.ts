/** The connections that there are, whichever listener they came by. */
import { performance } from 'node:perf_hooks';
import type { ConnectionId } from '../chat/commands.ts';
import { Conversation } from '../conversation/conversation.ts';
import type { Door } from '../conversation/door.ts';
import type { Tokens } from '../conversation/tokens.ts';
import { type EventLog, NO_EVENT_LOG, RareWarning } from '../event-log.ts';
import type { Form } from '../fanout/audience.ts';
import { Fanout } from '../fanout/fanout.ts';
import { Outlet } from '../fanout/outlet.ts';
import type { Wire } from '../fanout/wire.ts';
import type { Log } from '../log/log.ts';
import { Counters } from '../metrics/counters.ts';
import type { ConnectionsCensus } from '../metrics/metrics.ts';
import { Intake, type Source } from './intake.ts';

const LISTENERS = ['tcp', 'tls', 'http'] as const;
const FORMS: readonly Form[] = ['plain', 'extended'];

/** Where a connection comes from. */
export interface Remote {
  /** The client's address: what a proxy that is trusted says, else the other side of the socket. */
  readonly address: string;
  /** By which way in. */
  readonly listener: (typeof LISTENERS)[number];
}

/** A connection as its listener sees it: what it has to tell it. */
export class Connection {
  readonly conversation: Conversation;
  readonly outlet: Outlet;
  readonly intake: Intake;
  readonly remote: Remote;
  /** When it was made, in ms of `performance.now()`. */
  readonly openedAt = performance.now();
  readonly #connections: Connections;

  constructor(
    remote: Remote,
    conversation: Conversation,
    outlet: Outlet,
    intake: Intake,
    connections: Connections,
  ) {
    this.remote = remote;
    this.conversation = conversation;
    this.outlet = outlet;
    this.intake = intake;
    this.#connections = connections;
  }

  /** Whether nothing more will be heard from it. */
  get over(): boolean {
    return this.conversation.over;
  }

  /** These bytes were read. */
  received(chunk: Uint8Array): void {
    this.intake.receive(chunk);
  }

  /** Something was read that is no line. */
  charged(): void {
    this.intake.charge();
  }

  /** The other side has ended its half: it says no more, and may still read. */
  ended(): void {
    this.intake.end();
  }

  /** The connection takes bytes again. */
  drained(): void {
    this.#connections.fanout.drained(this.outlet);
  }

  /** The connection is no more. */
  closed(): void {
    this.intake.stop();
    this.#connections.forget(this);
  }
}

/** How many idle connections are closed in one turn: thousands at once would keep everybody else waiting for a second. */
const IDLE_AT_ONCE = 100;

/** What a listener gives a new connection to. */
export type Accept = (wire: Wire & Source, remote: Remote) => Connection;

export class Connections {
  readonly fanout: Fanout;
  readonly #counters: Counters;
  readonly #events: EventLog;
  readonly #slow: RareWarning;
  readonly #linesPerSecond: number;
  readonly #all = new Map<ConnectionId, Connection>();
  #lastId = 0;
  #most = 0;

  /** `linesPerSecond`: what one connection may say; `Infinity` for no limit. */
  constructor(
    linesPerSecond: number,
    counters = new Counters(),
    events = NO_EVENT_LOG,
    beforeFlush: () => void = () => {},
  ) {
    this.#linesPerSecond = linesPerSecond;
    this.#counters = counters;
    this.#events = events;
    this.#slow = new RareWarning(events, 'slow readers closed');
    this.fanout = new Fanout(
      (slow) => this.#all.get(slow) && this.#lose(slow, 'slow'),
      counters,
      beforeFlush,
    );
  }

  /** A new connection; it is told `WHO` (1.1). */
  open(wire: Wire & Source, remote: Remote, door: Door, log: Log, tokens: Tokens): Connection {
    const id = ++this.#lastId;
    const conversation = new Conversation(id, remote.address, door, log, tokens);
    const outlet = new Outlet(id, wire);
    const intake = new Intake(wire, conversation, this.fanout, outlet, this.#linesPerSecond, this.#counters);
    const connection = new Connection(remote, conversation, outlet, intake, this);
    this.#all.set(id, connection);
    this.#most = Math.max(this.#most, this.#all.size);
    this.#counters.opened.add(remote.listener);
    this.#events.debug({ connection: id, ...remote }, 'connection opened');
    conversation.open();
    return connection;
  }

  forget({ conversation, outlet, openedAt, remote }: Connection): void {
    const why = conversation.ending;
    this.#all.delete(outlet.connection);
    this.#counters.closed.add(why);
    const seconds = Math.round((performance.now() - openedAt) / 1000);
    this.#events.debug({ connection: outlet.connection, ...remote, why, seconds }, 'connection closed');
    this.fanout.drop(outlet);
  }

  readonly get = (id: ConnectionId): Connection | undefined => this.#all.get(id);

  /** How many there are, and how many there have been at a time since this was last asked. */
  takeCount(): { readonly now: number; readonly most: number } {
    const now = this.#all.size;
    const most = this.#most;
    this.#most = now;
    return { now, most };
  }

  /** All of them, oldest first. */
  all(): Iterable<Connection> {
    return this.#all.values();
  }

  // 4.1  strangers that have said nothing for `ms` are closed; where they are many, the rest in the next turns of the event loop
  closeIdle(ms: number): void {
    const since = performance.now() - ms;
    let closed = 0;
    for (const [id, { conversation, intake }] of this.#all) {
      if (conversation.identified || conversation.over || intake.heardAt >= since) continue;
      if (closed === IDLE_AT_ONCE) {
        setImmediate(() => this.closeIdle(ms));
        return;
      }
      closed++;
      this.#lose(id, 'idle');
    }
  }

  /** What there is of them at this moment; walks them all. */
  census(): ConnectionsCensus {
    const kinds = LISTENERS.flatMap((listener) => FORMS.map((form) => ({ listener, form, count: 0 })));
    let lagging = 0;
    let owedBytes = 0;
    let owedBytesMost = 0;
    for (const { remote, outlet } of this.#all.values()) {
      const { form, owed } = outlet;
      const { listener } = remote;
      const kind = kinds.find((one) => one.listener === listener && one.form === form);
      if (kind) kind.count++;
      if (outlet.lagging) lagging++;
      owedBytes += owed;
      owedBytesMost = Math.max(owedBytesMost, owed);
    }
    const { speakersWait } = this.fanout;
    return { connections: kinds, lagging, owedBytes, owedBytesMost, speakersWait };
  }

  /** Gives everybody what they are owed, and ends every connection after it, in `ms` at the latest. */
  endAll(ms: number): void {
    this.fanout.flush();
    for (const { outlet } of this.#all.values()) {
      outlet.end(ms);
      outlet.endIfDue();
    }
  }

  /** Ends every connection now. */
  destroyAll(): void {
    for (const { outlet } of this.#all.values()) outlet.wire.destroy();
  }

  #lose(id: ConnectionId, why: 'slow' | 'idle'): void {
    const connection = this.#all.get(id);
    if (!connection) return;
    if (why === 'slow') this.#slow.happened({ address: connection.remote.address });
    connection.conversation.lost(why);
    connection.outlet.wire.destroy();
  }
}
