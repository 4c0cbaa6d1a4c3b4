/**
 * What the journal keeps (records.ts of the chat), what can be asked of it, and what it gives back after a restart. Types only.
 */
import type { NameKey } from '@palabre/protocol';
import type { Ban, JournalRecord, KeptMessage, RestoredMember } from '../chat/records.ts';

export type { Ban, JournalRecord, KeptMember, KeptMessage } from '../chat/records.ts';

/** What of the history is asked for; who may see it has been settled. */
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
  /**
   * Full-text: all these words, in any order, diacritics folded, the last one as a prefix unless it is a single letter or
   * digit of ASCII. Without a letter or digit in it nothing is found.
   */
  readonly find?: string | undefined;
  /** Which ones, if there are more than `limit`; the answer is always ascending by id. */
  readonly first: 'newest' | 'oldest';
}

export interface HistoryPage {
  readonly messages: readonly KeptMessage[];
  /** There are further ones, older (`first: 'newest'`) or newer (`first: 'oldest'`) than these. */
  readonly more: boolean;
}

/** What a server that starts again begins with. */
export interface Restored {
  /** 32 random bytes, made once, kept. */
  readonly secret: Uint8Array;
  /** No id up to this may be used again. */
  readonly lastId: number;
  /** Those who may come back, each with its last 256 refs, oldest first. */
  readonly members: readonly RestoredMember[];
  /** Who is kept out; those that are over are not among them. */
  readonly bans: readonly Ban[];
  /** The invitations that were withdrawn, and when each would have ended anyway, in ms since 1970. */
  readonly withdrawn: readonly (readonly [invitation: string, until: number])[];
}

/** Is told, once, that what was to be kept is durable, or with an error that none of it is. */
export type Settled = (error?: Error) => void;

export interface Journal {
  /**
   * Keeps all of them or none: `settled` is told that all are durable, or why none of them is (`JournalUnwritable`), never before this
   * has returned. It returns false where there is nothing to wait for; then `settled` is told nothing. What is given before the last was settled
   * is kept after it, and not at all if that is not.
   */
  keep(records: readonly JournalRecord[], settled: Settled): boolean;
  /** Sleeps until what was given is settled, or some of it, but no longer than `ms`. The journal has the core meanwhile, if there is but one. */
  wait(ms: number): void;
  /** `isWanted`: whether anybody still waits for the answer when its turn comes; somebody does by default. */
  history(query: HistoryQuery, isWanted?: () => boolean): Promise<HistoryPage>;
  close(): Promise<void>;
}
