import { CONNECTIONS_A_MEMBER, type ServerLine, type Why } from '@palabre/protocol';
import { type ConnectionId, LOBBY, NOBODY } from './commands.ts';
import type { Effect, Outcome } from './effects.ts';
import type { Member } from './members.ts';
import { broadcast, NO_RECORDS, NOTHING, type Of, send } from './outcomes.ts';
import type { JournalRecord } from './records.ts';
import type { State } from './state.ts';

type Entering = Pick<Of<'enter'>, 'connection' | 'name' | 'ref' | 'extended'>;

export function enter(state: State, command: Entering, id: number, at: number): Outcome {
  const { connection, name, ref, extended } = command;
  const member = state.members.add(id, name, extended);
  if (!member) return stranger(connection, { word: 'TKN', name, marks: { ref, why: 'taken' } }); // 1.4
  state.members.connect(member, connection);
  state.lobby.enter(member, id);
  return {
    effects: [
      broadcast(state.lobby, { word: 'ARR', name, marks: { at } }, NOBODY), // 1.5
      {
        type: 'welcome',
        connection,
        identity: extended ? id : undefined,
        line: { word: 'ARR', name, marks: { ref, at } },
      },
      { type: 'join', connection, room: LOBBY },
      { type: 'entered', connection, entered: true },
    ],
    records: kept(member, true),
  };
}

// 3.7  a good token: one more connection of the same member
export function resume(state: State, command: Of<'resume'>, id: number, at: number): Outcome {
  const { connection, identity, ref, after, extended, barred } = command;
  const member = state.members.withIdentity(identity);
  if (!member && barred !== undefined)
    return stranger(connection, { word: 'ERR', about: command.name, marks: { ref, why: barred } }); // 3.13
  if (!member) return enter(state, { connection, name: command.name, ref, extended }, id, at);
  const { name } = member;
  if (member.connections.length >= CONNECTIONS_A_MEMBER) {
    return stranger(connection, { word: 'ERR', about: command.name, marks: { ref, why: 'full' } });
  }
  state.members.connect(member, connection);
  const effects: Effect[] = [
    { type: 'welcome', connection, identity, line: { word: 'ARR', name, marks: { ref, at, resumed: true } } },
  ];
  for (const { name: room } of member.rooms.keys()) {
    if (room !== undefined && extended)
      effects.push(send(connection, { word: 'ARR', name, marks: { at, room, resumed: true } }));
  }
  if (after !== undefined && extended) {
    const rooms = [...member.rooms].map(([room, since]) => ({ room: room.key, since }));
    effects.push({ type: 'replay', connection, identity, after, before: id, rooms, ref });
  }
  for (const room of member.rooms.keys()) effects.push({ type: 'join', connection, room: room.key });
  effects.push({ type: 'entered', connection, entered: true });
  return { effects, records: NO_RECORDS };
}

// 2.3  the others: LFT old, ARR new (the extended form: ARR with `was`); the one renamed: ARR new only
export function rename(state: State, command: Of<'rename'>, at: number): Outcome {
  const { connection, name, ref } = command;
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  const was = member.name;
  if (!state.members.rename(member, name)) {
    return {
      effects: [send(connection, { word: 'TKN', name, marks: { ref, why: 'taken' } })],
      records: NO_RECORDS,
    };
  }
  const identity = member.extended ? member.identity : undefined;
  const effects: Effect[] = [];
  if (was !== name) {
    for (const room of member.rooms.keys()) room.renamed();
    effects.push(broadcast(state.lobby, { word: 'ARR', name, marks: { at, was } }, connection));
  }
  effects.push({ type: 'welcome', connection, identity, line: { word: 'ARR', name, marks: { ref, at } } });
  return { effects, records: was === name ? NO_RECORDS : kept(member) };
}

// 1.10  LFT to everybody, the leaver included; then its connections are closed
export function leave(state: State, { connection, ref }: Of<'leave'>, at: number): Outcome {
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  const line: ServerLine = { word: 'LFT', name: member.name, marks: { at, why: 'bye' } };
  const own = send(connection, { word: 'LFT', name: member.name, marks: { ref, at, why: 'bye' } });
  const closes = member.connections.map((connection): Effect => ({ type: 'close', connection }));
  const effects = [broadcast(state.lobby, line, connection), own, ...depart(state, member), ...closes];
  return { effects, records: gone(member) };
}

// 1.11  LFT to everybody else; 3.7  unless it may come back
export function lose(state: State, { connection, why }: Of<'lose'>, id: number, at: number): Outcome {
  const close: Effect = { type: 'close', connection };
  const member = state.members.of(connection);
  if (!member) return { effects: [close], records: NO_RECORDS };
  const parts = [...member.rooms.keys()].map(({ key }): Effect => ({ type: 'part', connection, room: key }));
  state.members.disconnect(member, connection);
  if (member.connections.length > 0) return { effects: [...parts, close], records: NO_RECORDS };
  if (member.extended) {
    member.lostSince = id;
    const linger: Effect = { type: 'linger', identity: member.identity, since: id };
    return { effects: [...parts, close, linger], records: NO_RECORDS };
  }
  return { effects: [...parts, ...left(state, member, at, why), close], records: NO_RECORDS };
}

// 3.7  it has been waited for long enough
export function expire(state: State, { identity, since }: Of<'expire'>, at: number): Outcome {
  const member = state.members.withIdentity(identity);
  if (!member || member.lostSince !== since) return NOTHING;
  return { effects: left(state, member, at, 'lost'), records: gone(member) };
}

// 3.5  LFT, why=kicked, to everybody, the one sent away included; its token leads to nobody any more (3.7)
export function sendAway(state: State, member: Member, at: number): Outcome {
  const closes = member.connections.map((connection): Effect => ({ type: 'close', connection }));
  return { effects: [...left(state, member, at, 'kicked'), ...closes], records: gone(member) };
}

/** What its name leaves behind: `connection` is still a stranger. */
function stranger(connection: ConnectionId, line: ServerLine): Outcome {
  return {
    effects: [send(connection, line), { type: 'entered', connection, entered: false }],
    records: NO_RECORDS,
  };
}

function left(state: State, member: Member, at: number, why: Why): Effect[] {
  const line: ServerLine = { word: 'LFT', name: member.name, marks: { at, why } };
  return [broadcast(state.lobby, line, NOBODY), ...depart(state, member)];
}

function depart(state: State, member: Member): Effect[] {
  const effects: Effect[] = [];
  for (const room of [...member.rooms.keys()]) {
    room.leave(member);
    state.sweep(room);
    for (const connection of member.connections) effects.push({ type: 'part', connection, room: room.key });
  }
  state.members.remove(member);
  return effects;
}

/** What is kept of a member, if it may come back; `entered`: as whom nobody has been known before. */
export function kept(member: Member, entered = false): readonly JournalRecord[] {
  const { extended, identity, name, rooms } = member;
  if (!extended) return NO_RECORDS;
  const kept = [...rooms].flatMap(([{ key, name, created }, since]) =>
    key === LOBBY || name === undefined ? [] : [{ key, name, created, since }],
  );
  return [{ type: 'member', member: { identity, name, rooms: kept }, entered }];
}

function gone({ extended, identity }: Member): readonly JournalRecord[] {
  return extended ? [{ type: 'gone', identity }] : NO_RECORDS;
}
