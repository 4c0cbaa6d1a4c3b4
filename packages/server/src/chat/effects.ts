import type { Name, ServerLine } from '@palabre/protocol';
import type { ConnectionId, RoomKey } from './commands.ts';

/** What is to happen outside because a command was applied. Effects take place in the order in which they were made. */
export type Effect =
  /** A line for every connection in a room but `except` (`NOBODY`: for every one). */
  | {
      readonly type: 'broadcast';
      readonly room: RoomKey;
      readonly line: ServerLine;
      readonly except: ConnectionId;
    }
  /** A line for one connection alone. */
  | { readonly type: 'send'; readonly connection: ConnectionId; readonly line: ServerLine }
  /** From here on the connection gets what is broadcast in the room. */
  | { readonly type: 'join'; readonly connection: ConnectionId; readonly room: RoomKey }
  /** From here on it no longer does. */
  | { readonly type: 'part'; readonly connection: ConnectionId; readonly room: RoomKey }
  /** Whether the connection that asked to enter is now a member, or still a stranger. */
  | { readonly type: 'entered'; readonly connection: ConnectionId; readonly entered: boolean }
  /** The connection is closed, once it has been given what was for it. */
  | { readonly type: 'close'; readonly connection: ConnectionId };

/** What is to be kept because a command was applied: durable before any effect made after it is let out. */
export type JournalRecord =
  | {
      readonly type: 'said';
      readonly id: number;
      readonly room: RoomKey;
      readonly from: Name;
      readonly text: string;
    }
  | {
      readonly type: 'whispered';
      readonly id: number;
      readonly from: Name;
      readonly to: Name;
      readonly text: string;
    };

/** What one command comes to. */
export interface Outcome {
  readonly effects: readonly Effect[];
  readonly records: readonly JournalRecord[];
}
