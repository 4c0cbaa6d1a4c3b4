import { type Name, type NameKey, nameKey } from '@palabre/protocol';
import type { ConnectionId } from './commands.ts';
import type { Room } from './rooms.ts';

/** Somebody who is present: a name, the connection that speaks for it, the rooms that it is in. */
export interface Member {
  readonly connection: ConnectionId;
  name: Name;
  key: NameKey;
  readonly rooms: Room[];
}

/** Who is present, found by name and by connection. At most one member holds a name at any moment (2.3). */
export class Members {
  readonly #byKey = new Map<NameKey, Member>();
  readonly #byConnection = new Map<ConnectionId, Member>();

  named(key: NameKey): Member | undefined {
    return this.#byKey.get(key);
  }

  of(connection: ConnectionId): Member | undefined {
    return this.#byConnection.get(connection);
  }

  /** The new member, or `undefined` where somebody holds the name. */
  add(connection: ConnectionId, name: Name): Member | undefined {
    const key = nameKey(name);
    if (this.#byKey.has(key)) return undefined;
    const member: Member = { connection, name, key, rooms: [] };
    this.#byKey.set(key, member);
    this.#byConnection.set(connection, member);
    return member;
  }

  /** Whether the member now has this name: `false` where somebody else holds it. One step: no name is free or held twice between. */
  rename(member: Member, name: Name): boolean {
    const key = nameKey(name);
    const holder = this.#byKey.get(key);
    if (holder !== undefined && holder !== member) return false;
    this.#byKey.delete(member.key);
    this.#byKey.set(key, member);
    member.name = name;
    member.key = key;
    return true;
  }

  remove(member: Member): void {
    this.#byKey.delete(member.key);
    this.#byConnection.delete(member.connection);
  }
}
