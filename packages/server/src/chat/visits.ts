import { nameKey, ROOMS_A_MEMBER, type ServerLine } from '@palabre/protocol';
import type { Effect, Outcome } from './effects.ts';
import { broadcast, error, NO_RECORDS, NOTHING, type Of, only, send } from './outcomes.ts';
import { kept } from './presence.ts';
import type { State } from './state.ts';

// 1.6  WHO, to it alone; 3.8  that of a room to those in it
export function list(state: State, command: Of<'list'>): Outcome {
  const { connection, ref } = command;
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  const room = state.rooms.get(command.room);
  if (!room || !member.rooms.has(room)) return error(member, command, 'room');
  const lists = room.roster();
  const effects = lists.map((names, i) => {
    const marks = { ref, room: room.name, more: i < lists.length - 1 };
    return send(connection, { word: 'WHO', names, marks });
  });
  return { effects, records: NO_RECORDS };
}

// 3.8  LST: a line for each room, then how many there are
export function rooms(state: State, { connection, ref }: Of<'rooms'>): Outcome {
  const lines: ServerLine[] = [];
  for (const { name, size } of state.rooms.values())
    if (name !== undefined) lines.push({ word: 'LST', name, members: size, marks: { ref } });
  lines.push({ word: 'LST', marks: { ref, count: lines.length } });
  return only({ type: 'list', connection, lines });
}

// 3.8  IAM with a room: enters it, making it if need be
export function visit(state: State, command: Of<'visit'>, id: number, at: number): Outcome {
  const { connection, ref } = command;
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  if (nameKey(command.name) !== member.key) return error(member, command, 'name');
  const key = nameKey(command.room);
  const there = state.rooms.get(key);
  const line = (name: typeof command.room, own: string | undefined): ServerLine => ({
    word: 'ARR',
    name: member.name,
    marks: { ref: own, at, room: name },
  });
  if (there && member.rooms.has(there)) {
    return { effects: [send(connection, line(there.name ?? command.room, ref))], records: NO_RECORDS };
  }
  if (member.rooms.size > ROOMS_A_MEMBER) return error(member, command, 'full');
  const room = state.roomFor(key, command.room, id);
  const name = room.name ?? command.room;
  room.enter(member, id);
  const joins = member.connections.map((connection): Effect => ({ type: 'join', connection, room: key }));
  const effects = [
    ...joins,
    broadcast(room, line(name, undefined), connection),
    send(connection, line(name, ref)),
  ];
  return { effects, records: kept(member) };
}

// 3.8  BYE with a room: leaves it
export function quit(state: State, command: Of<'quit'>, at: number): Outcome {
  const { connection, ref } = command;
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  const room = state.rooms.get(command.room);
  if (!room || !member.rooms.has(room)) return error(member, command, 'room');
  const line = (own: string | undefined): ServerLine => ({
    word: 'LFT',
    name: member.name,
    marks: { ref: own, at, room: room.name, why: 'bye' },
  });
  const parts = member.connections.map(
    (connection): Effect => ({ type: 'part', connection, room: room.key }),
  );
  const effects = [broadcast(room, line(undefined), connection), send(connection, line(ref)), ...parts];
  room.leave(member);
  state.sweep(room);
  return { effects, records: kept(member) };
}
