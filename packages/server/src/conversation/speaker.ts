import type { Name } from '@palabre/protocol';
import type { Command, ConnectionId, Identity } from '../chat/commands.ts';
import type { Door } from './door.ts';

/** Who says a line: its connection, whether it has named itself, and which form it reads. What each word's handler is given. */
export interface Speaker {
  readonly connection: ConnectionId;
  readonly identified: boolean;
  readonly extended: boolean;
  /** Where it comes from: the client's address. */
  readonly address: string;
  readonly door: Door;
}

/** What the tags of a line ask for, read (3.1–3.11); the others are ignored. */
export interface Asked {
  readonly ref?: string | undefined;
  readonly room?: Name | undefined;
  readonly re?: number | undefined;
  readonly cont?: boolean | undefined;
  /** What it gives to be let in. */
  readonly key?: string | undefined;
  /** The member whose token it shows, if the token is good (3.7). */
  readonly identity?: Identity | undefined;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
  readonly with?: string | undefined;
  readonly from?: string | undefined;
  readonly find?: string | undefined;
}

/** What a line comes to: a command for the log, or nothing at all. */
export type Reply = Command | undefined;
