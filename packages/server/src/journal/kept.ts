/**
 * What the journal keeps, what can be asked of it, and what it gives back after a restart. Types only.
 */
import type { Name, NameKey } from '@palabre/protocol';

/** A message as it is kept. */
export interface KeptMessage {
  /** Its place in the order; grows. */
  readonly id: number;
  /** ms since 1970. */
  readonly at: number;
  /** Who said it, as shown when it was said. */
  readonly from: Name;
  /** The identity number of who said it. */
  readonly author: number;
  /** '' is the lobby; '' for private lines too. */
  readonly room: NameKey | '';
  /** The room's name as shown; absent: lobby or private. */
  readonly roomName?: Name | undefined;
  /** Private: to whom, as shown. */
  readonly to?: Name | undefined;
  /** Private: the identity number of to whom. A message is private if it has one. */
  readonly recipient?: number | undefined;
  readonly text: string;
  /** The author's own mark, 1 to 64 characters. */
  readonly ref?: string | undefined;
  /** Answers the message of that id. */
  readonly re?: number | undefined;
  /** Goes on from the same author's message before. */
  readonly cont?: boolean | undefined;
}

/** A member who may come back after a restart. */
export interface KeptMember {
  readonly identity: number;
  readonly name: Name;
  /** Its rooms; `created` and `since` are places in the order, like the `id` of a message. */
  readonly rooms: readonly {
    readonly key: NameKey;
    readonly name: Name;
    readonly created: number;
    readonly since: number;
  }[];
}

export type JournalRecord =
  | { readonly type: 'message'; readonly message: KeptMessage }
  /** There is one of this identity, or it has changed. */
  | { readonly type: 'member'; readonly member: KeptMember }
  /** It may not come back. */
  | { readonly type: 'gone'; readonly identity: number };

export interface HistoryQuery {
  readonly scope: /** What was said in a room, the lobby ('') included; ids over `since` only. */
    | { readonly type: 'room'; readonly room: NameKey | ''; readonly since: number }
    /** Private lines between this identity and whoever bore that name when they were said. */
    | { readonly type: 'private'; readonly identity: number; readonly with: NameKey }
    /** All of these rooms, and all private lines of or to this identity. */
    | {
        readonly type: 'missed';
        readonly identity: number;
        readonly rooms: readonly { readonly room: NameKey | ''; readonly since: number }[];
      };
  /** An id, exclusive. */
  readonly after?: number | undefined;
  /** An id, exclusive. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Only what somebody of that name said. */
  readonly from?: NameKey | undefined;
  /** Full-text: all these words, in any order, the last one as a prefix, diacritics folded. */
  readonly find?: string | undefined;
  /** Which ones, if there are more than `limit`; the answer is always ascending by id. */
  readonly first: 'newest' | 'oldest';
}

export interface HistoryPage {
  readonly messages: readonly KeptMessage[];
  /** There are further ones, older (`first: 'newest'`) or newer (`first: 'oldest'`) than these. */
  readonly more: boolean;
}

/** A mark of an author's that has been used, and for what. */
export interface KeptRef {
  readonly ref: string;
  readonly id: number;
  /** ms since 1970. */
  readonly at: number;
}

/** What a server that starts again begins with. */
export interface Restored {
  /** 32 random bytes, made once, kept. */
  readonly secret: Uint8Array;
  /** No id up to this may be used again. */
  readonly lastId: number;
  /** Those who may come back, each with its last 256 refs, oldest first. */
  readonly members: readonly (KeptMember & { readonly refs: readonly KeptRef[] })[];
}

export interface Journal {
  /**
   * Resolves once all are durable; rejects (`JournalUnwritable`) if none of them is: all or nothing. `undefined` where there is
   * nothing to wait for.
   */
  keep(records: readonly JournalRecord[]): Promise<void> | undefined;
  history(query: HistoryQuery): Promise<HistoryPage>;
  close(): Promise<void>;
}
