/**
 * What an operator asks for. The chat says what everybody sees of it and what is kept; who comes from which address it does not know: a ban
 * goes through it, and whoever carries it out puts into the log who is to be sent away.
 */
import { SERVER_NAME } from '@palabre/protocol';
import { LOBBY, NOBODY } from './commands.ts';
import type { Answer, Effect, Outcome } from './effects.ts';
import { broadcast, type Of, only } from './outcomes.ts';
import { sendAway } from './presence.ts';
import type { KeptMessage } from './records.ts';
import type { State } from './state.ts';

/** The identity under which the server speaks: that of no command, and so of no member. */
const SERVER = 0;

// 3.5  LFT, why=kicked
export function expel(state: State, { name, request }: Of<'expel'>, at: number): Outcome {
  const member = state.members.named(name);
  if (!member) return only(answer(request, { type: 'nobody' }));
  const connections = member.connections.length;
  const { effects, records } = sendAway(state, member, at);
  return { effects: [...effects, answer(request, { type: 'done', connections })], records };
}

// 4.7  whoever is there already; a stranger has no name to leave
export function evict(state: State, { connection }: Of<'evict'>, at: number): Outcome {
  const member = state.members.of(connection);
  return member ? sendAway(state, member, at) : only({ type: 'close', connection });
}

// 4.7
export function ban({ subject, forMs, reason, request }: Of<'ban'>, at: number): Outcome {
  const ban = { subject, since: at, until: forMs === undefined ? undefined : at + forMs, reason };
  return {
    effects: [{ type: 'operator', act: { type: 'ban', request, ban } }],
    records: [{ type: 'ban', ban }],
  };
}

export function unban({ subject, request }: Of<'unban'>): Outcome {
  return {
    effects: [{ type: 'operator', act: { type: 'unban', request, subject } }],
    records: [{ type: 'unban', subject }],
  };
}

export function withdraw({ invitation, until, request }: Of<'withdraw'>): Outcome {
  return {
    effects: [{ type: 'operator', act: { type: 'withdraw', request, invitation, until } }],
    records: [{ type: 'withdrawn', invitation, until }],
  };
}

// 4.8  MSG server, to everybody in the room
export function announce(state: State, command: Of<'announce'>, id: number, at: number): Outcome {
  const { text, request } = command;
  const room = state.rooms.get(command.room);
  if (!room) return only(answer(request, { type: 'room' }));
  state.messages++;
  const from = SERVER_NAME;
  const message: KeptMessage = { id, at, from, author: SERVER, room: room.key, roomName: room.name, text };
  return {
    effects: [
      broadcast(room, { word: 'MSG', name: from, text, marks: { id, at, room: room.name } }, NOBODY),
      answer(request, { type: 'done', connections: 0 }),
    ],
    records: [{ type: 'message', message }],
    otherwise: { type: 'unannounce', request },
  };
}

/** What the server said could not be kept: it was not said. */
export function unannounce(state: State, { request }: Of<'unannounce'>): Outcome {
  state.messages--;
  return only(answer(request, { type: 'full' }));
}

export function survey(state: State, { request }: Of<'survey'>): Outcome {
  const members = [...state.lobby.members].map(({ name, extended, connections, rooms }) => ({
    name,
    extended,
    connections: [...connections],
    rooms: [...rooms.keys()].flatMap((room) => (room.name === undefined ? [] : [room.name])),
  }));
  const rooms = [...state.rooms.keys()].filter((key) => key !== LOBBY).length;
  return only(answer(request, { type: 'survey', survey: { members, rooms, messages: state.messages } }));
}

/** Nobody is told where nobody asked. */
function answer(request: number | undefined, answer: Answer): Effect {
  return { type: 'operator', act: { type: 'answer', request: request ?? 0, answer } };
}
