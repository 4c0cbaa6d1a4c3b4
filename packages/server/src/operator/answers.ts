/** What an operator's requests are answered: a JSON object a line. Types only. */

/** One connection, or a member that is waited for and has none. */
export interface Person {
  /** `null`: it has not named itself. */
  readonly name: string | null;
  /** `null` where there is no connection: the member is waited for (3.7). */
  readonly address: string | null;
  readonly listener: 'tcp' | 'tls' | 'http' | null;
  readonly form: 'plain' | 'extended' | null;
  /** How long it has been connected, in ms. */
  readonly ageMs: number | null;
  /** Bytes that it is owed and has not read. */
  readonly queuedBytes: number | null;
  /** Of the member; the lobby apart. */
  readonly rooms: readonly string[];
}

export interface ShownBan {
  /** One of the two. */
  readonly name?: string;
  readonly address?: string;
  /** Ms since 1970. */
  readonly since: number;
  /** Ms since 1970; `null`: for good. */
  readonly until: number | null;
  readonly reason: string | null;
}

export interface Stats {
  readonly uptimeMs: number;
  readonly draining: boolean;
  readonly connections: {
    readonly all: number;
    readonly tcp: number;
    readonly tls: number;
    readonly http: number;
    readonly plain: number;
    readonly extended: number;
    /** Of `all`: those that have not named themselves. */
    readonly strangers: number;
  };
  readonly members: number;
  /** Of `members`: those that are waited for. */
  readonly lingering: number;
  readonly rooms: number;
  /** Since the start. */
  readonly messages: number;
  readonly memory: { readonly rssBytes: number; readonly heapBytes: number };
  readonly journal: {
    readonly bytes: number;
    /** `unwritable`: no message is taken for now. */
    readonly state: 'ok' | 'unwritable';
  };
}

/** What is answered to each command; every answer but an error has `ok: true` beside it. */
export interface Answers {
  who: { readonly people: readonly Person[] };
  kick: { readonly connections: number };
  /** Whom it met: how many connections were closed, and the subject as the server writes it. */
  ban: { readonly connections: number; readonly ban: ShownBan };
  unban: { readonly subject: string };
  bans: { readonly bans: readonly ShownBan[] };
  say: Record<never, never>;
  stats: { readonly stats: Stats };
  /** How many connections there are to end, and how long that may take, in ms. The socket is closed when the server has ended. */
  drain: { readonly connections: number; readonly boundMs: number };
  invite: {
    readonly invitation: string;
    /** Ms since 1970. */
    readonly until: number;
    /** Of the page, without a slash at its end; `null`: the server has none. */
    readonly url: string | null;
    /** Whether whoever enters is asked for a key at all. */
    readonly asksForKey: boolean;
  };
  withdraw: { readonly until: number };
}

export type Answered<Command extends keyof Answers> =
  | ({ readonly ok: true } & Answers[Command])
  /** One sentence. */
  | { readonly ok: false; readonly error: string };
