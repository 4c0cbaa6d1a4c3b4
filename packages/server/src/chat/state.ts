import type { Name } from '@palabre/protocol';
import { LOBBY, type RoomKey } from './commands.ts';
import { Members } from './members.ts';
import { Room } from './rooms.ts';

/** Everything that the chat is: who is there, and the rooms. */
export class State {
  readonly members = new Members();
  readonly lobby = new Room(LOBBY, undefined, 0);
  /** How many messages have been said. */
  messages = 0;
  readonly rooms = new Map<RoomKey, Room>([[LOBBY, this.lobby]]);

  /** The room of this key; made, by the command `id`, if there is none. */
  roomFor(key: RoomKey, name: Name, id: number): Room {
    let room = this.rooms.get(key);
    if (!room) {
      room = new Room(key, name, id);
      this.rooms.set(key, room);
    }
    return room;
  }

  /** A room that nobody is in any more is gone (3.8); the lobby stays. */
  sweep(room: Room): void {
    if (room.size === 0 && room !== this.lobby) this.rooms.delete(room.key);
  }
}
