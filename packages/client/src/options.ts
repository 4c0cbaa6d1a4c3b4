import type { Clock } from './core/clock.ts';

/** What is needed to come back as the same member, on this device or after a restart of the program. Whoever has it is that member: keep it secret. */
export interface Session {
  readonly name: string;
  readonly token: string;
  /** The id of the last message that the reader has taken: what came after it is given again. */
  readonly after?: number | undefined;
  /** The rooms it was in: entered again if the server no longer knows the session. */
  readonly rooms?: readonly string[] | undefined;
  /** The keys of the names that it had before (2.2), and when it gave each up, in ms since 1970: so that its lines from then are known as its own. */
  readonly formerly?: readonly (readonly [key: string, until: number])[] | undefined;
}

/** What a server does not keep when it speaks the nine words alone: then all of these are false. */
export interface Promises {
  /** It speaks the extended form. */
  readonly extended: boolean;
  /** `say` resolves when the line is kept, with its id; otherwise when it has been written, and nobody knows what became of it. */
  readonly receipts: boolean;
  /** What is said is said once, and what others say is read once, whatever happens to the line; otherwise a lost line loses what was on it. */
  readonly exactlyOnce: boolean;
  /** `history` and `search` work; otherwise they are rejected as `Unsupported`. */
  readonly history: boolean;
  /** Rooms work; otherwise they are rejected as `Unsupported`. */
  readonly rooms: boolean;
}

export interface ConnectOptions {
  /** Who to be (2.2). May be absent where there is a session. */
  readonly name?: string | undefined;
  /** Come back as who one was: a `chat.session` from earlier. Where the server no longer knows it, it makes a fresh member of that name. */
  readonly session?: Session | undefined;
  /**
   * What the server asks for of those who enter: its password, or an invitation (3.13); at most 400 bytes. A server that asks for nothing takes no
   * notice of it. It is said again on every way back, and is in no session.
   */
  readonly key?: string | undefined;
  /** Gives up connecting. Once `connect` has resolved it has no effect. */
  readonly signal?: AbortSignal | undefined;
  /** The most lines that may wait for their answers; 1,000 by default. One more is rejected as `QueueFull`. */
  readonly queue?: number | undefined;
  /** The most events kept for a reader that does not take them; 10,000 by default. What is beyond is fetched again when it has. */
  readonly backlog?: number | undefined;
  /** For tests: the time. */
  readonly clock?: Clock | undefined;
  /** For tests: numbers from 0 to below 1, for the pauses between attempts. */
  readonly random?: (() => number) | undefined;
}

/** What may be given to most calls. */
export interface CallOptions {
  /**
   * Gives up waiting: the call is rejected with the signal's reason. A line that has gone out already may have been said, or still be; it is
   * not said again.
   */
  readonly signal?: AbortSignal | undefined;
}

export interface SayOptions extends CallOptions {
  /** The id of the line that this answers (3.11). */
  readonly re?: number | undefined;
  /** Goes on from one's own line before (3.11). */
  readonly cont?: boolean | undefined;
}

/** The server has kept the line (3.4). Both absent on a server of the nine words alone, which does not say. */
export interface Receipt {
  readonly id?: number | undefined;
  /** Ms since 1970, by the server's clock. */
  readonly at?: number | undefined;
}

/** Which lines of the history (3.9). Without `after` the newest that fit; with `after` and without `before` the oldest after it. */
export interface HistoryOptions extends CallOptions {
  /** The history of that room, which one must be in. Absent: the lobby's. */
  readonly room?: string | undefined;
  /** One's private lines with that person. */
  readonly with?: string | undefined;
  /** Only what that person said. */
  readonly from?: string | undefined;
  /** Ids, both exclusive. */
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** At most 500; 50 when absent. */
  readonly limit?: number | undefined;
  /** Full-text search: lines with all these words, of which the last may be a beginning; accents and case do not matter. */
  readonly find?: string | undefined;
}
