import type { Name, NameKey } from '@palabre/protocol';

/** A connection's number: never used twice while the server runs. 0 is no connection. */
export type ConnectionId = number;
export const NOBODY: ConnectionId = 0;

/** Who a member is, whatever its name: the id of the command by which it entered. Never used twice, over restarts too. */
export type Identity = number;

/** A message's place in the log: the id of the command by which it was said. */
export type MessageId = number;

/** A room's key: its name's key (2.2), or `''` for the lobby, where everybody is. */
export type RoomKey = NameKey | '';
export const LOBBY = '';

/** What an operator asks, by number: never used twice while the server runs. */
export type RequestId = number;

/** Who is kept out: whoever takes a name, or whoever comes from a network (`192.0.2.0/24`; an address alone is written without its bits). */
export type BanSubject =
  | { readonly type: 'name'; readonly name: Name }
  | { readonly type: 'network'; readonly network: string };

/** Why something that was said can't be done (2.4, 3.5). */
export type Refusal = 'name' | 'empty' | 'word' | 'long' | 'text' | 'tags' | 'room' | 'full';

/** Why a connection ended, where nobody said `BYE`. */
export type Loss = 'lost' | 'slow' | 'idle';

/** What may come with a message (3.11). */
export interface Thread {
  /** The id that it answers. */
  readonly re?: number | undefined;
  /** It goes on from the same speaker's line before. */
  readonly cont?: boolean | undefined;
}

/** Which lines of history are asked for (3.9); whether they may be seen is for the chat to say. */
export interface HistoryAsked {
  readonly room: RoomKey;
  readonly with?: NameKey | undefined;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
  readonly from?: NameKey | undefined;
  readonly find?: string | undefined;
}

interface Asked {
  /** The connection that asks. */
  readonly connection: ConnectionId;
  /** Its own mark for it (3.3). */
  readonly ref?: string | undefined;
}

/**
 * What the log puts in order and the chat applies. Whatever is not deterministic (who is connected, the time, randomness) comes
 * in a command or with it, so that the same commands have the same effects anywhere.
 */
export type Command =
  /** Asks a connection to identify itself, and then ends it if it has said `BYE` (1.1, 1.2, 2.5). */
  | ({ readonly type: 'invite'; readonly close: boolean } & Asked)
  /** What was asked is not a name (1.3, 2.3), or whoever asked may not come in under it; a stranger that is banned is closed (4.7). */
  | ({
      readonly type: 'reject';
      readonly asked: string;
      readonly why: 'name' | 'key' | 'banned';
      readonly close?: boolean;
    } & Asked)
  /** A connection asks for the extended form (3.2). */
  | ({ readonly type: 'extend' } & Asked)
  /** A connection names itself: a new member (1.4, 1.5). One that is extended may come back (3.7). */
  | ({ readonly type: 'enter'; readonly name: Name; readonly extended: boolean } & Asked)
  /** A connection shows a good token: it is one of that member's (3.7). If there is no such member any more, it enters. */
  | ({
      readonly type: 'resume';
      readonly identity: Identity;
      readonly name: Name;
      readonly after?: number | undefined;
      readonly extended: boolean;
      /** Why it may not enter as somebody new, if there is no such member any more. */
      readonly barred?: 'key' | 'banned' | undefined;
    } & Asked)
  /** A member takes another name (2.3). */
  | ({ readonly type: 'rename'; readonly name: Name } & Asked)
  /** A member asks who is in a room (1.6). */
  | ({ readonly type: 'list'; readonly room: RoomKey } & Asked)
  /** A member asks which rooms there are (3.8). */
  | ({ readonly type: 'rooms' } & Asked)
  /** A member says something to a room (1.7). */
  | ({ readonly type: 'say'; readonly room: RoomKey; readonly text: string } & Thread & Asked)
  /** A member says something to one other (1.8, 1.9). */
  | ({ readonly type: 'whisper'; readonly to: NameKey; readonly text: string } & Thread & Asked)
  /** What was said can't be kept, so it was not said (3.5, `why=full`). `author` forgets that it said it. `again`: a repetition of it is answered alike. */
  | ({
      readonly type: 'unsay';
      readonly message: MessageId;
      readonly author: Identity;
      readonly again?: boolean;
    } & Asked)
  /** A member enters a room, or leaves it (3.8). */
  | ({ readonly type: 'visit'; readonly room: Name; readonly name: Name } & Asked)
  | ({ readonly type: 'quit'; readonly room: RoomKey } & Asked)
  /** A member asks for what was said before (3.9). */
  | ({ readonly type: 'history'; readonly query: HistoryAsked } & Asked)
  /** What a member asks can't be done (2.4). */
  | ({ readonly type: 'refuse'; readonly why: Refusal } & Asked)
  /** A member leaves, on all its connections (1.10, 3.7). */
  | ({ readonly type: 'leave' } & Asked)
  /** A connection has ended without `BYE` (1.11, 3.7). */
  | { readonly type: 'lose'; readonly connection: ConnectionId; readonly why: Loss }
  /** A member whose last connection was lost has been waited for long enough (3.7): since the command of this id. */
  | { readonly type: 'expire'; readonly identity: Identity; readonly since: number }
  | OperatorCommand;

/** What an operator asks for; `request` is answered once it is done, and kept. */
export type OperatorCommand =
  /** A member is sent away, on all its connections (3.5, `why=kicked`). */
  | { readonly type: 'expel'; readonly name: NameKey; readonly request?: RequestId }
  /** So is whoever is behind a connection. */
  | { readonly type: 'evict'; readonly connection: ConnectionId }
  /** Somebody is kept out (4.7), for so many ms from now on, or for good. */
  | {
      readonly type: 'ban';
      readonly subject: BanSubject;
      readonly forMs?: number | undefined;
      readonly reason?: string | undefined;
      readonly request: RequestId;
    }
  /** … no longer. */
  | { readonly type: 'unban'; readonly subject: BanSubject; readonly request: RequestId }
  /** An invitation lets nobody in any more; `until`: when it would have ended anyway, in ms since 1970. */
  | {
      readonly type: 'withdraw';
      readonly invitation: string;
      readonly until: number;
      readonly request: RequestId;
    }
  /** The server says something to a room (4.8). */
  | { readonly type: 'announce'; readonly room: RoomKey; readonly text: string; readonly request: RequestId }
  /** What it said can't be kept, so it was not said. */
  | { readonly type: 'unannounce'; readonly request: RequestId }
  /** Asks who is there. */
  | { readonly type: 'survey'; readonly request: RequestId };
