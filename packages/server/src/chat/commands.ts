import type { Name, NameKey } from '@palabre/protocol';

/** A connection's number: never used twice while the server runs. 0 is no connection. */
export type ConnectionId = number;
export const NOBODY: ConnectionId = 0;

/** A room's key: its name's key (2.2), or `''` for the lobby, where everybody is. */
export type RoomKey = NameKey | '';
export const LOBBY: RoomKey = '';

/** Why something that was said can't be done (2.4); the extended form says it as `why`. */
export type Refusal = 'empty' | 'word' | 'long' | 'text' | 'tags' | 'room';

/** Why a member left, where it did not say `BYE`. */
export type Loss = 'lost' | 'slow' | 'idle';

/**
 * What the log puts in order and the chat applies. Whatever is not deterministic (who is connected, the time, randomness) comes
 * in a command, so that the same commands have the same effects anywhere. `connection` is the one that asks.
 */
export type Command =
  /** Asks a connection to identify itself, and then ends it if it has said `BYE` (1.1, 1.2, 2.5). */
  | { readonly type: 'invite'; readonly connection: ConnectionId; readonly close: boolean }
  /** What was asked is not a name (1.3, 2.3). */
  | { readonly type: 'reject'; readonly connection: ConnectionId; readonly asked: string }
  /** A connection names itself: a new member (1.4, 1.5). */
  | { readonly type: 'enter'; readonly connection: ConnectionId; readonly name: Name }
  /** A member takes another name (2.3). */
  | {
      readonly type: 'rename';
      readonly connection: ConnectionId;
      readonly name: Name;
    }
  /** A member asks who is in a room (1.6). */
  | {
      readonly type: 'list';
      readonly connection: ConnectionId;
      readonly room: RoomKey;
    }
  /** A member says something to a room (1.7). */
  | {
      readonly type: 'say';
      readonly connection: ConnectionId;
      readonly room: RoomKey;
      readonly text: string;
    }
  /** A member says something to one other (1.8, 1.9). */
  | {
      readonly type: 'whisper';
      readonly connection: ConnectionId;
      readonly to: NameKey;
      readonly text: string;
    }
  /** What a member asks can't be done (2.4). */
  | {
      readonly type: 'refuse';
      readonly connection: ConnectionId;
      readonly why: Refusal;
    }
  /** A member leaves (1.10). */
  | { readonly type: 'leave'; readonly connection: ConnectionId }
  /** A connection has ended without `BYE` (1.11). */
  | { readonly type: 'lose'; readonly connection: ConnectionId; readonly why: Loss };
