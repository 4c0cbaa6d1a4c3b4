import { type Name, type ServerLine, whoLines } from '@palabre/protocol';
import type { RoomKey } from './commands.ts';
import type { Member } from './members.ts';

/** A room and those in it, in order of arrival. */
export class Room {
  readonly key: RoomKey;
  readonly #members = new Set<Member>();
  /** The roster as lines, until somebody comes, goes or takes another name: a long list is made once, not for each who asks. */
  #roster: readonly ServerLine[] | undefined;

  constructor(key: RoomKey) {
    this.key = key;
  }

  enter(member: Member): void {
    this.#members.add(member);
    this.#roster = undefined;
    member.rooms.push(this);
  }

  leave(member: Member): void {
    this.#members.delete(member);
    this.#roster = undefined;
    member.rooms.splice(member.rooms.indexOf(this), 1);
  }

  /** To be told whenever a member has taken another name. */
  renamed(): void {
    this.#roster = undefined;
  }

  // 1.6  everybody present, in order of arrival; 2.6  in further lines where one would be too long
  roster(): readonly ServerLine[] {
    this.#roster ??= whoLines(this.#names());
    return this.#roster;
  }

  *#names(): Generator<Name> {
    for (const member of this.#members) yield member.name;
  }
}
