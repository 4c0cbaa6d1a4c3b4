import type { Name, NameKey } from '@palabre/protocol';
import type { BanSubject, Identity } from './commands.ts';

/** A message as it is kept. */
export interface KeptMessage {
  /** Its place in the one order. */
  readonly id: number;
  /** Ms since 1970. */
  readonly at: number;
  /** As shown when it was said. */
  readonly from: Name;
  readonly author: Identity;
  /** `''`: the lobby, or a private line. */
  readonly room: NameKey | '';
  /** The room's name as shown; absent: the lobby, or a private line. */
  readonly roomName?: Name | undefined;
  /** To whom, as shown; absent: not a private line. */
  readonly to?: Name | undefined;
  readonly recipient?: Identity | undefined;
  readonly text: string;
  /** The author's own mark (3.6). */
  readonly ref?: string | undefined;
  readonly re?: number | undefined;
  readonly cont?: boolean | undefined;
}

/** A member who may come back, after a restart too (3.7). */
export interface KeptMember {
  readonly identity: Identity;
  readonly name: Name;
  /** The rooms that it is in, the lobby apart: when each was made, and since when it is in it, as ids. */
  readonly rooms: readonly {
    readonly key: NameKey;
    readonly name: Name;
    readonly created: number;
    readonly since: number;
  }[];
}

/** Somebody who is kept out (4.7). */
export interface Ban {
  readonly subject: BanSubject;
  /** Ms since 1970. */
  readonly since: number;
  /** Ms since 1970; absent: for good. */
  readonly until?: number | undefined;
  /** The operator's own note: nobody else is told. */
  readonly reason?: string | undefined;
}

/** What is to be kept because a command was applied. */
export type JournalRecord =
  | { readonly type: 'message'; readonly message: KeptMessage }
  /** There is one of this identity, which has just `entered`, or it has changed. */
  | { readonly type: 'member'; readonly member: KeptMember; readonly entered?: boolean }
  /** It may not come back. */
  | { readonly type: 'gone'; readonly identity: Identity }
  /** There is one of this subject, in place of any before. */
  | { readonly type: 'ban'; readonly ban: Ban }
  | { readonly type: 'unban'; readonly subject: BanSubject }
  /** Needed up to `until`, in ms since 1970. */
  | { readonly type: 'withdrawn'; readonly invitation: string; readonly until: number }
  /** No id up to this may be used again. */
  | { readonly type: 'place'; readonly id: number };

/** A member as the journal gives it back at the start, with its last refs, oldest first. */
export interface RestoredMember extends KeptMember {
  readonly refs: readonly { readonly ref: string; readonly id: number; readonly at: number }[];
}
