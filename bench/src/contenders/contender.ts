import type { LineShape } from '../verify/line-shape.ts';

/** A server under test: how to have it, how to start it, how to speak to it. */
export interface Contender {
  /** As in `--only`. */
  readonly name: string;
  /** What to do to have it, when it isn't installed. */
  readonly howToHave: string;
  /** Takes minutes when 9,000 join: such a contender joins with fewer (`--join-members-for-all`). */
  readonly slowJoin: boolean;
  /** Connections opened and not yet in the room, at any moment, with which a crowd of 1,000 comes in fastest. */
  readonly attempts: number;
  /** Is what is said in it on the disk before others hear it? Such a contender can be started on what an earlier one kept. */
  readonly keeps: boolean;
  /** Is it spoken to over WebSockets? Such contenders are compared with one another alone. */
  readonly web: boolean;
  /** What the reader of its figures should know; empty if nothing. */
  readonly note: string;
  /** Its version, or null if it isn't installed. */
  version(): string | null;
  /**
   * Starts it on a free port of the loopback, and returns once it listens. One that keeps what is said does so in `directory`, or, where
   * none is given, in one of its own that is removed with it.
   */
  start(directory?: string): Promise<Server>;
  /** A client's side of its protocol; `size` is the bytes of a text. */
  dialect(size: number): Dialect;
}

/** A contender that runs. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Where its WebSockets are, of one that is started with both. */
  readonly webPort?: number;
  /** A Unix socket that tells what its process holds (servers/memory-probe.ts), where it is started with one. */
  readonly probe?: string;
  /** Kills it, if it still runs, and removes whatever it left on disk. */
  stop(): Promise<void>;
  /** Asks it to end (SIGTERM), and resolves once it has. */
  end(): Promise<void>;
}

/** What a client makes of a line that is neither a message nor an arrival. */
export type Heard =
  | { readonly type: 'nothing' }
  /** Answer with these bytes. */
  | { readonly type: 'say'; readonly lines: string }
  /** The client is in the room. */
  | { readonly type: 'entered' }
  /** The server won't have it. */
  | { readonly type: 'refused' };

/** A minimal client's side of one protocol, in one room. Names have one width: `m00017`. What is said is bytes (latin1). */
export interface Dialect {
  /** Does what the client says first ask for a WebSocket? From then on messages come, each of one line or more (websocket/). */
  readonly framed: boolean;
  /** What a client says as soon as it is connected; empty if the server speaks first. */
  hello(name: string): string;
  /** What to make of a line (its ending left out) that is neither a message nor an arrival. */
  heard(line: string, name: string): Heard;
  /** How everybody in the room is told of a newcomer; null if nobody is. */
  readonly arrival: LineShape | null;
  /** Is a client in the room once it is told of its own arrival? Otherwise `heard` says when. */
  readonly arrivalEnters: boolean;
  /** How a message reaches the others. */
  readonly message: LineShape;
  /** Does everybody see the messages of all speakers in one order? */
  readonly oneOrder: boolean;
  /** A message is said by its text between these two. */
  readonly before: string;
  readonly after: string;
}
