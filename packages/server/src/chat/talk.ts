import type { Marks, ServerLine } from '@palabre/protocol';
import type { Effect, Outcome } from './effects.ts';
import type { Member } from './members.ts';
import { broadcast, error, NO_RECORDS, NOTHING, type Of, send } from './outcomes.ts';
import type { KeptMessage } from './records.ts';
import type { Said } from './refs.ts';
import type { State } from './state.ts';

// 1.7  to everybody else
// 3.4  its sender gets it back as a receipt
export function say(state: State, command: Of<'say'>, id: number, at: number): Outcome {
  const { connection, ref, text, re, cont } = command;
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  const name = member.name;
  const room = state.rooms.get(command.room);
  // 3.6  before all else: what was said is said, whatever has changed since
  const said = member.refs.said(ref);
  if (said) {
    const marks: Marks = { ref, id: said.id, at: said.at, room: room?.name, re, cont };
    return again(member, command, said, { word: 'MSG', name, text, marks });
  }
  if (state.members.waits(connection, ref)) return error(member, command, 'full'); // 3.6
  if (!room || !member.rooms.has(room)) return error(member, command, 'room'); // 3.8
  member.refs.remember(ref, { id, at });
  state.messages++;
  const marks: Marks = { ref: undefined, id, at, room: room.name, re, cont };
  const receipt: Marks = { ref, id, at, room: room.name, re, cont };
  const message: KeptMessage = {
    id,
    at,
    from: name,
    author: member.identity,
    room: room.key,
    roomName: room.name,
    text,
    ref,
    re,
    cont,
  };
  return {
    effects: [
      broadcast(room, { word: 'MSG', name, text, marks }, connection),
      { type: 'copy', connection, line: { word: 'MSG', name, text, marks: receipt } },
    ],
    records: [{ type: 'message', message }],
    otherwise: { type: 'unsay', connection, ref, message: id, author: member.identity },
  };
}

// 1.8  to the other alone, on all its connections; 3.4, 3.7  and to all of the sender's
export function whisper(state: State, command: Of<'whisper'>, id: number, at: number): Outcome {
  const { connection, ref, text, re, cont } = command;
  const member = state.members.of(connection);
  if (!member) return NOTHING;
  const other = state.members.named(command.to);
  const name = member.name;
  const said = member.refs.said(ref);
  if (said) {
    const marks: Marks = { ref, id: said.id, at: said.at, to: other?.name, re, cont };
    return again(member, command, said, { word: 'PRV', name, text, marks }); // 3.6
  }
  if (state.members.waits(connection, ref)) return error(member, command, 'full'); // 3.6
  if (!other) return error(member, command, 'nobody'); // 1.9
  member.refs.remember(ref, { id, at });
  state.messages++;
  const to = other.name;
  const message: KeptMessage = {
    id,
    at,
    from: name,
    author: member.identity,
    room: '',
    to,
    recipient: other.identity,
    text,
    ref,
    re,
    cont,
  };
  return {
    effects: [
      ...delivered(member, other, { id, at, re, cont }, text),
      ...copies(member, to, { id, at, re, cont }, command),
    ],
    records: [{ type: 'message', message }],
    otherwise: { type: 'unsay', connection, ref, message: id, author: member.identity },
  };
}

// 3.6  its receipt once more; should it turn out that it could not be kept, it was not said this time either
function again(
  { identity: author }: Member,
  { connection, ref }: Of<'say'> | Of<'whisper'>,
  { id: message }: Said,
  line: ServerLine,
): Outcome {
  return {
    effects: [{ type: 'copy', connection, line }],
    records: NO_RECORDS,
    otherwise: { type: 'unsay', connection, ref, message, author, again: true },
    repeats: message,
  };
}

// To oneself it is delivered (2.4): in the extended form the copy is the delivery, one line.
function delivered(member: Member, other: Member, marks: Marks, text: string): Effect[] {
  const line = { word: 'PRV', name: member.name, text, marks } as const;
  const type = member === other ? 'plainly' : 'send';
  return other.connections.map((connection) => ({ type, connection, line }));
}

function copies(
  member: Member,
  to: Member['name'],
  marks: Marks,
  { connection, ref, text }: Of<'whisper'>,
): Effect[] {
  return member.connections.map((one) => ({
    type: 'copy',
    connection: one,
    line: {
      word: 'PRV',
      name: member.name,
      text,
      marks: { ...marks, to, ref: one === connection ? ref : undefined },
    },
  }));
}

/** What was said could not be kept: its author is told, and may say it again under the same ref (3.5). */
export function unsay(state: State, command: Of<'unsay'>): Outcome {
  if (!command.again) state.messages--;
  const unsays = command.again ? undefined : command.message;
  const member = state.members.of(command.connection) ?? state.members.withIdentity(command.author);
  if (!member) return { ...NOTHING, unsays };
  member.refs.forget(command.ref, command.message);
  if (command.ref !== undefined) state.members.unsay(command.connection, command.ref);
  const why = { ref: command.ref, why: 'full' } as const;
  return {
    effects: [send(command.connection, { word: 'ERR', about: member.name, marks: why })],
    records: NO_RECORDS,
    unsays,
  };
}

// 2.4  ERR and the sender's own name
export function refuse(state: State, command: Of<'refuse'>): Outcome {
  const member = state.members.of(command.connection);
  return member ? error(member, command, command.why) : NOTHING;
}
