import type { Outcome } from './effects.ts';
import { error, NO_RECORDS, NOTHING, type Of, only } from './outcomes.ts';
import type { State } from './state.ts';

// 3.9  the lobby's history is open to every member, a room's to those in it, private lines to the two who exchanged them
export function history(state: State, command: Of<'history'>): Outcome {
  const { connection, ref, query } = command;
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  const room = state.rooms.get(query.room);
  if (!room || !member.rooms.has(room)) {
    const refused = error(member, command, 'room').effects;
    return { effects: [...refused, { type: 'recalled', connection }], records: NO_RECORDS };
  }
  const { identity } = member;
  return only({ type: 'history', connection, identity, since: room.created, query, ref });
}
