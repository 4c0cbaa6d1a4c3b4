import type { Name, NameKey, ServerLine } from '@palabre/protocol';

import type {
  BanSubject,
  Command,
  ConnectionId,
  HistoryAsked,
  Identity,
  MessageId,
  RequestId,
  RoomKey,
} from './commands.ts';
import type { Ban, JournalRecord } from './records.ts';

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
  /** A list for one connection alone: as many lines as there are rooms. */
  | { readonly type: 'list'; readonly connection: ConnectionId; readonly lines: readonly ServerLine[] }
  /** A line for one connection alone, if it reads the extended form: a copy of what it said (3.4, 3.7). */
  | { readonly type: 'copy'; readonly connection: ConnectionId; readonly line: ServerLine }
  /** A line for one connection alone, if it reads the plain form. */
  | { readonly type: 'plainly'; readonly connection: ConnectionId; readonly line: ServerLine }
  /** The ARR to oneself; in the extended form it comes with the token of this identity, if there is one to come back to (3.7). */
  | {
      readonly type: 'welcome';
      readonly connection: ConnectionId;
      readonly identity: Identity | undefined;
      readonly line: ServerLine;
    }
  /** From here on the connection reads the extended form, and is told so (3.2). */
  | { readonly type: 'extend'; readonly connection: ConnectionId; readonly ref: string | undefined }
  /** From here on the connection gets what is broadcast in the room. */
  | { readonly type: 'join'; readonly connection: ConnectionId; readonly room: RoomKey }
  /** From here on it no longer does. */
  | { readonly type: 'part'; readonly connection: ConnectionId; readonly room: RoomKey }
  /** Whether the connection that asked to enter has, or is still a stranger. */
  | { readonly type: 'entered'; readonly connection: ConnectionId; readonly entered: boolean }
  /** Everything that the member missed, from `after` to here, comes before whatever follows (3.7). */
  | {
      readonly type: 'replay';
      readonly connection: ConnectionId;
      readonly identity: Identity;
      readonly after: number;
      readonly before: number;
      readonly rooms: readonly { readonly room: RoomKey; readonly since: number }[];
      readonly ref: string | undefined;
    }
  /** Lines of history that may be seen: `since` is when the room was made, `identity` whose private lines (3.9). */
  | {
      readonly type: 'history';
      readonly connection: ConnectionId;
      readonly identity: Identity;
      readonly since: number;
      readonly query: HistoryAsked & { readonly with?: NameKey | undefined };
      readonly ref: string | undefined;
    }
  /** What the connection asked of history it may not see: it goes on. */
  | { readonly type: 'recalled'; readonly connection: ConnectionId }
  /** A member's last connection is lost: `expire` is due when it has been waited for long enough (3.7). */
  | { readonly type: 'linger'; readonly identity: Identity; readonly since: number }
  /** The connection is closed, once it has been given what was for it. */
  | { readonly type: 'close'; readonly connection: ConnectionId }
  /** Something that an operator asked for takes place. */
  | { readonly type: 'operator'; readonly act: Act };

/** What takes place because an operator asked. Whoever carries out one but `answer` answers the request itself. */
export type Act =
  | { readonly type: 'answer'; readonly request: RequestId; readonly answer: Answer }
  /** Whoever matches is to be sent away now, and not to be let in again (4.7). */
  | { readonly type: 'ban'; readonly request: RequestId; readonly ban: Ban }
  | { readonly type: 'unban'; readonly request: RequestId; readonly subject: BanSubject }
  | {
      readonly type: 'withdraw';
      readonly request: RequestId;
      readonly invitation: string;
      readonly until: number;
    };

/** What a request came to. */
export type Answer =
  /** `connections`: how many were closed for it. */
  | { readonly type: 'done'; readonly connections: number }
  /** There is nobody of that name, nothing of that kind, no such room; or it can't be kept now. */
  | { readonly type: 'nobody' | 'none' | 'room' | 'full' }
  | { readonly type: 'survey'; readonly survey: Survey };

/** Who is there, in order of arrival. */
export interface Survey {
  readonly members: readonly {
    readonly name: Name;
    readonly extended: boolean;
    /** None: it is waited for (3.7). */
    readonly connections: readonly ConnectionId[];
    readonly rooms: readonly Name[];
  }[];
  /** How many rooms there are, the lobby apart. */
  readonly rooms: number;
  /** How many messages were said since the start, private ones and those of the server included. */
  readonly messages: number;
}

/** What one command comes to. */
export interface Outcome {
  readonly effects: readonly Effect[];
  /** What is to be kept: durable before any effect made with it or after it is let out. */
  readonly records: readonly JournalRecord[];
  /** What is put in the log instead if the records can't be kept. Absent: the effects take place all the same. */
  readonly otherwise?: Command | undefined;
  /** The effects tell once more that the message of this id was said (3.6). If that turns out not to be kept, `otherwise` takes their place. */
  readonly repeats?: MessageId | undefined;
  /** From here on the message of this id, which could not be kept, counts as never said. */
  readonly unsays?: MessageId | undefined;
}
