import type { Command, ConnectionId } from '../chat/commands.ts';

/** Who says a line: its connection, and whether it has named itself. What each word's handler is given. */
export interface Speaker {
  readonly connection: ConnectionId;
  readonly identified: boolean;
}

/** What a line comes to: a command for the log, or nothing at all. */
export type Reply = Command | undefined;
