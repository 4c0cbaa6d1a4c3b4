/**
 * The chat: a pure, deterministic state machine.
 *
 * - `apply(command, id)` is the only way in. It changes the state and returns what is to happen outside (effects) and what is to be
 *   kept (records). No clock, no randomness, no socket, no promise: whatever is not deterministic comes in the command.
 * - So the same commands, with the same ids, have the same effects on any machine and in any run. That is what lets one log decide
 *   for many servers who got a name first, and a test replay a run and compare.
 * - Ids grow and are never used twice. A message's id is that of the command by which it was said.
 * - A command may come too late (its member has left since it was put in the log): it then has no effect. One that can't be done has
 *   an effect on its asker alone.
 * - Whoever is present is in the lobby, from the `join` effect that precedes its `ARR` to the `part` that follows its `LFT`.
 *
 * One function a command, below the dispatcher, each citing the rule of docs/protocol.md that it follows.
 */
import type { ServerLine } from '@palabre/protocol';
import { type Command, type ConnectionId, LOBBY, NOBODY } from './commands.ts';
import type { Effect, JournalRecord, Outcome } from './effects.ts';
import { type Member, Members } from './members.ts';
import { Room } from './rooms.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

const NOTHING: Outcome = { effects: [], records: [] };
const NO_RECORDS: readonly JournalRecord[] = [];
const INVITATION: ServerLine = { word: 'WHO', names: '' };

export class Chat {
  readonly #members = new Members();
  readonly #lobby = new Room(LOBBY);
  readonly #rooms = new Map([[LOBBY, this.#lobby]]);

  /** Applies one command. `id`: its place in the log. */
  apply(command: Command, id: number): Outcome {
    switch (command.type) {
      case 'say':
        return this.#say(command, id);
      case 'whisper':
        return this.#whisper(command, id);
      case 'invite':
        return this.#invite(command);
      case 'reject':
        return only(send(command.connection, { word: 'ERR', about: command.asked })); // 1.3
      case 'enter':
        return this.#enter(command);
      case 'rename':
        return this.#rename(command);
      case 'list':
        return this.#list(command);
      case 'refuse':
        return this.#refuse(command);
      case 'leave':
        return this.#leave(command);
      case 'lose':
        return this.#lose(command);
      default:
        return command satisfies never;
    }
  }

  // 1.1, 1.2  WHO, to it alone
  #invite({ connection, close }: Of<'invite'>): Outcome {
    const invitation = send(connection, INVITATION);
    return close ? effects(invitation, { type: 'close', connection }) : only(invitation); // 2.5
  }

  #enter({ connection, name }: Of<'enter'>): Outcome {
    const member = this.#members.add(connection, name);
    if (!member) {
      // 1.4  taken: to it alone; still not identified
      return effects(send(connection, { word: 'TKN', name }), {
        type: 'entered',
        connection,
        entered: false,
      });
    }
    this.#lobby.enter(member);
    return effects(
      { type: 'join', connection, room: LOBBY },
      broadcast(this.#lobby, { word: 'ARR', name }, NOBODY), // 1.5
      { type: 'entered', connection, entered: true },
    );
  }

  // 2.3  the others: LFT old, ARR new; the one renamed: ARR new only
  #rename({ connection, name }: Of<'rename'>): Outcome {
    const member = this.#members.of(connection);
    if (!member) return NOTHING;
    const old = member.name;
    if (!this.#members.rename(member, name)) return only(send(connection, { word: 'TKN', name }));
    const arrival: ServerLine = { word: 'ARR', name };
    const made: Effect[] = [];
    if (old !== name) {
      for (const room of member.rooms) {
        room.renamed();
        made.push(broadcast(room, { word: 'LFT', name: old }, connection));
        made.push(broadcast(room, arrival, connection));
      }
    }
    made.push(send(connection, arrival));
    return { effects: made, records: NO_RECORDS };
  }

  // 1.6  to it alone
  #list({ connection, room }: Of<'list'>): Outcome {
    const roster = this.#rooms.get(room)?.roster() ?? [];
    return { effects: roster.map((line) => send(connection, line)), records: NO_RECORDS };
  }

  // 1.7  to everybody else; the sender gets nothing back
  #say({ connection, room, text }: Of<'say'>, id: number): Outcome {
    const member = this.#members.of(connection);
    const place = this.#rooms.get(room);
    if (!member || !place) return NOTHING;
    const from = member.name;
    return {
      effects: [broadcast(place, { word: 'MSG', name: from, text }, connection)],
      records: [{ type: 'said', id, room, from, text }],
    };
  }

  #whisper({ connection, to, text }: Of<'whisper'>, id: number): Outcome {
    const member = this.#members.of(connection);
    if (!member) return NOTHING;
    const other = this.#members.named(to);
    if (!other) return only(send(connection, { word: 'ERR', about: member.name })); // 1.9
    const from = member.name;
    return {
      effects: [send(other.connection, { word: 'PRV', name: from, text })], // 1.8
      records: [{ type: 'whispered', id, from, to: other.name, text }],
    };
  }

  // 2.4  ERR and the sender's own name
  #refuse({ connection }: Of<'refuse'>): Outcome {
    const member = this.#members.of(connection);
    return member ? only(send(connection, { word: 'ERR', about: member.name })) : NOTHING;
  }

  // 1.10  LFT to everybody, the leaver included; then the connection is closed
  #leave({ connection }: Of<'leave'>): Outcome {
    const member = this.#members.of(connection);
    if (!member) return NOTHING;
    return effects(...this.#depart(member, NOBODY), { type: 'close', connection });
  }

  // 1.11  LFT to everybody else
  #lose({ connection }: Of<'lose'>): Outcome {
    const member = this.#members.of(connection);
    const close: Effect = { type: 'close', connection };
    return member ? effects(...this.#depart(member, connection), close) : only(close);
  }

  #depart(member: Member, except: ConnectionId): Effect[] {
    this.#members.remove(member);
    return [...member.rooms].flatMap((room): Effect[] => {
      room.leave(member);
      const departure: ServerLine = { word: 'LFT', name: member.name };
      return [
        broadcast(room, departure, except),
        { type: 'part', connection: member.connection, room: room.key },
      ];
    });
  }
}

function broadcast(room: Room, line: ServerLine, except: ConnectionId): Effect {
  return { type: 'broadcast', room: room.key, line, except };
}

function send(connection: ConnectionId, line: ServerLine): Effect {
  return { type: 'send', connection, line };
}

function only(effect: Effect): Outcome {
  return { effects: [effect], records: NO_RECORDS };
}

function effects(...made: Effect[]): Outcome {
  return { effects: made, records: NO_RECORDS };
}
