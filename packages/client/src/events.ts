/** What the reader of a chat gets, in the order in which it happened. Tell them apart by `type`. */
export type ChatEvent = Message | Arrived | Left | Renamed | LineState | Gap | RefusedLine;

/**
 * Somebody said something. Given once for each `id`, in the order of the ids. Names and text are as the server sent them and hold no control
 * character but TAB (2.7): they may be printed on a terminal. (In HTML they must be escaped like any text.)
 */
export interface Message {
  readonly type: 'message';
  /** Its place in the order that everybody sees: grows, never used twice. Absent on a server of the nine words alone. */
  readonly id?: number | undefined;
  /** Ms since 1970, by the server's clock. Absent on a server of the nine words alone. */
  readonly at?: number | undefined;
  /** Absent: the lobby, or a private line. */
  readonly room?: string | undefined;
  readonly from: string;
  /** Of a private line: whom it is for. */
  readonly to?: string | undefined;
  readonly text: string;
  /** The id of the line that it answers. */
  readonly re?: number | undefined;
  /** Goes on from the same speaker's line before: how a text of several lines is said. */
  readonly cont: boolean;
  /** Said by this member, on this device or another, under its present name or one that it had in this session. */
  readonly own: boolean;
  /** Said earlier and read from the history, or replayed after a lost line. */
  readonly old: boolean;
  readonly private: boolean;
}

/** Somebody came (no `room`: to the chat; else to that room). With `own` and a `room`: one has entered it, here or on another device. */
export interface Arrived {
  readonly type: 'arrived';
  readonly name: string;
  readonly at?: number | undefined;
  readonly room?: string | undefined;
  readonly own: boolean;
}

/** Somebody left: the chat, and with it all its rooms, or (`room`) that room. `why`: `bye` `lost` `slow` `idle` `kicked`, where the server says so. */
export interface Left {
  readonly type: 'left';
  readonly name: string;
  readonly at?: number | undefined;
  readonly room?: string | undefined;
  readonly why?: string | undefined;
  readonly own: boolean;
}

/** Somebody took another name. (On a server of the nine words alone: `left`, then `arrived`.) */
export interface Renamed {
  readonly type: 'renamed';
  readonly was: string;
  readonly name: string;
  readonly at?: number | undefined;
  readonly own: boolean;
}

/**
 * How the connection fares.
 *
 * - `connecting`: being made, for the first time or again.
 * - `connected`: in the chat. `resumed`: as the same member as before, with all that was missed on its way to the reader. Not resumed, after an
 *   earlier `connected`: a fresh member of that name; a `gap` follows if something may be missing, and lines that went out without a receipt
 *   are rejected as `Unconfirmed`. Who is there may have changed either way: ask `who()` again.
 * - `offline`: lost; what is said now waits. `cause` where it is known.
 * - `reconnecting`: another attempt begins in `inMs` ms.
 * - `closed`: over for good, the last event. `error` where it was not asked for here.
 */
export type LineState =
  | { readonly type: 'line'; readonly state: 'connecting' }
  | { readonly type: 'line'; readonly state: 'connected'; readonly resumed: boolean; readonly name: string }
  | { readonly type: 'line'; readonly state: 'offline'; readonly cause?: Error | undefined }
  | { readonly type: 'line'; readonly state: 'reconnecting'; readonly inMs: number }
  | { readonly type: 'line'; readonly state: 'closed'; readonly error?: Error | undefined };

/**
 * Messages may be missing here, with ids between `after` and `before` (both exclusive; absent where it is not known): more than 1,000 were missed
 * while the line was lost, the time to resume was over, or the server speaks the nine words alone. What could be brought follows, marked
 * `old`; more of it may be in `history({ after, before })`.
 */
export interface Gap {
  readonly type: 'gap';
  readonly after?: number | undefined;
  readonly before?: number | undefined;
}

/** The server refused something without saying what: on a server of the nine words alone, a `whisper` to nobody (1.9). */
export interface RefusedLine {
  readonly type: 'refused';
  /** The server's word for it (3.5), where it has one. */
  readonly why?: string | undefined;
  /** What it is about: this member's own name, mostly. */
  readonly about: string;
}
