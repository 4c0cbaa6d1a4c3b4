import type { ServerLine, Why } from '@palabre/protocol';
import type { Command, ConnectionId } from './commands.ts';
import type { Effect, Outcome } from './effects.ts';
import type { Member } from './members.ts';
import type { JournalRecord } from './records.ts';
import type { Room } from './rooms.ts';

/** The command of this type. */
export type Of<T extends Command['type']> = Extract<Command, { type: T }>;

export const NO_RECORDS: readonly JournalRecord[] = [];
export const NOTHING: Outcome = { effects: [], records: NO_RECORDS };

export function only(effect: Effect): Outcome {
  return { effects: [effect], records: NO_RECORDS };
}

export function send(connection: ConnectionId, line: ServerLine): Effect {
  return { type: 'send', connection, line };
}

export function broadcast(room: Room, line: ServerLine, except: ConnectionId): Effect {
  return { type: 'broadcast', room: room.key, line, except };
}

// 3.5  ERR and the asker's own name (1.9, 2.4), with why
export function error(
  { name }: Member,
  { connection, ref }: { connection: ConnectionId; ref?: string | undefined },
  why: Why,
): Outcome {
  return only(send(connection, { word: 'ERR', about: name, marks: { ref, why } }));
}
