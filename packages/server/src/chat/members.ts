import { type Name, type NameKey, nameKey, SERVER_NAME } from '@palabre/protocol';
import type { ConnectionId, Identity } from './commands.ts';
import { Refs } from './refs.ts';
import type { Room } from './rooms.ts';

/** Somebody who is present: a name, the connections that speak for it, the rooms that it is in. */
export interface Member {
  readonly identity: Identity;
  readonly connections: ConnectionId[];
  /** It entered in the extended form, and so with a token: it may come back (3.7). */
  readonly extended: boolean;
  /** The id of the command by which its last connection was lost; 0 while it has one. */
  lostSince: number;
  name: Name;
  key: NameKey;
  /** The lobby and the rooms that it is in, and since which id. */
  readonly rooms: Map<Room, number>;
  readonly refs: Refs;
}

// 4.8  nobody else's
const RESERVED = nameKey(SERVER_NAME);

/** Who is present, found by name, by identity and by connection. At most one member holds a name at any moment (2.3). */
export class Members {
  readonly #byKey = new Map<NameKey, Member>();
  readonly #byConnection = new Map<ConnectionId, Member>();
  readonly #extended = new Map<Identity, Member>();
  /** By connection: the `ref` of the first line that could not be kept and has not been said again (3.6). */
  readonly #unsaid = new Map<ConnectionId, string>();

  get size(): number {
    return this.#byKey.size;
  }

  /** How many of them have no connection and may come back (3.7). Counted one by one. */
  get lingering(): number {
    let lingering = 0;
    for (const { lostSince } of this.#extended.values()) if (lostSince !== 0) lingering++;
    return lingering;
  }

  named(key: NameKey): Member | undefined {
    return this.#byKey.get(key);
  }

  of(connection: ConnectionId): Member | undefined {
    return this.#byConnection.get(connection);
  }

  /** The member of this identity, if it is one that may come back. */
  withIdentity(identity: Identity): Member | undefined {
    return this.#extended.get(identity);
  }

  /** The new member, or `undefined` where somebody holds the name, or nobody may. */
  add(identity: Identity, name: Name, extended: boolean): Member | undefined {
    const key = nameKey(name);
    if (this.#byKey.has(key) || key === RESERVED) return undefined;
    const member: Member = {
      identity,
      connections: [],
      extended,
      lostSince: 0,
      name,
      key,
      rooms: new Map(),
      refs: new Refs(),
    };
    this.#byKey.set(key, member);
    if (extended) this.#extended.set(identity, member);
    return member;
  }

  connect(member: Member, connection: ConnectionId): void {
    member.connections.push(connection);
    member.lostSince = 0;
    this.#byConnection.set(connection, member);
  }

  /** What it said under this ref could not be kept. */
  unsay(connection: ConnectionId, ref: string): void {
    if (this.#byConnection.has(connection) && !this.#unsaid.has(connection))
      this.#unsaid.set(connection, ref);
  }

  /** Whether a line of this ref must wait until an earlier one, which could not be kept, has been said again. */
  waits(connection: ConnectionId, ref: string | undefined): boolean {
    const first = this.#unsaid.get(connection);
    if (first === undefined || ref === undefined) return false;
    if (ref !== first) return true;
    this.#unsaid.delete(connection);
    return false;
  }

  /** Its lines need wait no longer. */
  sayOn(connection: ConnectionId): void {
    this.#unsaid.delete(connection);
  }

  disconnect(member: Member, connection: ConnectionId): void {
    this.#unsaid.delete(connection);
    member.connections.splice(member.connections.indexOf(connection), 1);
    this.#byConnection.delete(connection);
  }

  /** Whether the member now has this name: `false` where somebody else holds it, or nobody may. One step: no name is free or held twice between. */
  rename(member: Member, name: Name): boolean {
    const key = nameKey(name);
    const holder = this.#byKey.get(key);
    if ((holder !== undefined && holder !== member) || key === RESERVED) return false;
    this.#byKey.delete(member.key);
    this.#byKey.set(key, member);
    member.name = name;
    member.key = key;
    return true;
  }

  remove(member: Member): void {
    this.#byKey.delete(member.key);
    this.#extended.delete(member.identity);
    for (const connection of member.connections) {
      this.#byConnection.delete(connection);
      this.#unsaid.delete(connection);
    }
  }
}
