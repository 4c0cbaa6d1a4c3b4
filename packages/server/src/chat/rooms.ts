import { type Name, rosterLists } from '@palabre/protocol';
import type { RoomKey } from './commands.ts';
import type { Member } from './members.ts';

/** A room and those in it, in order of arrival. */
export class Room {
  readonly key: RoomKey;
  /** As it was typed by whoever made it; `undefined` for the lobby. */
  readonly name: Name | undefined;
  /** The id of the command that made it: what was said in a room of this name before is another's (3.8). */
  readonly created: number;
  readonly #members = new Set<Member>();
  /** The roster, until somebody comes, goes or takes another name: a long list is made once, not for each who asks. */
  #roster: readonly string[] | undefined;

  constructor(key: RoomKey, name: Name | undefined, created: number) {
    this.key = key;
    this.name = name;
    this.created = created;
  }

  get size(): number {
    return this.#members.size;
  }

  /** Those in it, in order of arrival. */
  get members(): Iterable<Member> {
    return this.#members;
  }

  /** `since`: the id of the command by which it enters. */
  enter(member: Member, since: number): void {
    this.#members.add(member);
    this.#roster = undefined;
    member.rooms.set(this, since);
  }

  leave(member: Member): void {
    this.#members.delete(member);
    this.#roster = undefined;
    member.rooms.delete(this);
  }

  /** To be told whenever a member has taken another name. */
  renamed(): void {
    this.#roster = undefined;
  }

  // 1.6  everybody present, in order of arrival; 2.6  in further lines where one would be too long
  roster(): readonly string[] {
    this.#roster ??= rosterLists(this.#names());
    return this.#roster;
  }

  *#names(): Generator<Name> {
    for (const member of this.#members) yield member.name;
  }
}
