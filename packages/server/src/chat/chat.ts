/**
 * The chat: a pure, deterministic state machine.
 *
 * - `apply(command, id, at)` is the only way in. It changes the state and returns what is to happen outside (effects) and what is to be
 *   kept (records). No clock, no randomness, no socket, no promise: whatever is not deterministic comes with the command.
 * - So the same commands, with the same ids and times, have the same effects on any machine and in any run. That is what lets one log
 *   decide for many servers who got a name first, and a test replay a run and compare.
 * - Ids grow and are never used twice. A member's identity is the id of the command by which it entered, a message's that by which it
 *   was said, a room's that by which it was made.
 * - A command may come too late (its member has left since it was put in the log): it then has no effect. One that can't be done has
 *   an effect on its asker alone.
 * - Whoever is present is in the lobby. A member's connections hear the rooms that the member is in, from `join` to `part`.
 *
 * One function a command, each citing the rule of docs/protocol.md that it follows: what is said in talk.ts, who is there in
 * presence.ts, rooms in visits.ts, what was said before in recall.ts, what an operator asks in operator.ts.
 */
import type { Command } from './commands.ts';
import type { Effect, Outcome } from './effects.ts';
import { announce, ban, evict, expel, survey, unannounce, unban, withdraw } from './operator.ts';
import { type Of, only, send } from './outcomes.ts';
import { enter, expire, leave, lose, rename, resume } from './presence.ts';
import { history } from './recall.ts';
import type { RestoredMember } from './records.ts';
import { State } from './state.ts';
import { refuse, say, unsay, whisper } from './talk.ts';
import { list, quit, rooms, visit } from './visits.ts';

export class Chat {
  readonly #state = new State();

  /** Applies one command. `id`: its place in the log; `at`: when it was put there, in ms since 1970. */
  apply(command: Command, id: number, at: number): Outcome {
    const state = this.#state;
    switch (command.type) {
      case 'say':
        return say(state, command, id, at);
      case 'whisper':
        return whisper(state, command, id, at);
      case 'unsay':
        return unsay(state, command);
      case 'invite':
        return invite(command);
      case 'reject':
        return reject(command);
      case 'extend':
        state.members.sayOn(command.connection); // 3.6
        return only({ type: 'extend', connection: command.connection, ref: command.ref }); // 3.2, 3.10
      case 'enter':
        return enter(state, command, id, at);
      case 'resume':
        return resume(state, command, id, at);
      case 'rename':
        return rename(state, command, at);
      case 'list':
        return list(state, command);
      case 'rooms':
        return rooms(state, command);
      case 'visit':
        return visit(state, command, id, at);
      case 'quit':
        return quit(state, command, at);
      case 'history':
        return history(state, command);
      case 'refuse':
        return refuse(state, command);
      case 'leave':
        return leave(state, command, at);
      case 'lose':
        return lose(state, command, id, at);
      case 'expire':
        return expire(state, command, at);
      case 'expel':
        return expel(state, command, at);
      case 'evict':
        return evict(state, command, at);
      case 'ban':
        return ban(command, at);
      case 'unban':
        return unban(command);
      case 'withdraw':
        return withdraw(command);
      case 'announce':
        return announce(state, command, id, at);
      case 'unannounce':
        return unannounce(state, command);
      case 'survey':
        return survey(state, command);
      default:
        return command satisfies never;
    }
  }

  /** How many are present, those who may come back included. */
  get members(): number {
    return this.#state.members.size;
  }

  /** How many of them have no connection and are waited for (3.7). */
  get lingering(): number {
    return this.#state.members.lingering;
  }

  /** How many rooms there are, beside the lobby. */
  get rooms(): number {
    return this.#state.rooms.size - 1;
  }

  /** Takes up the members who may come back, before anything else is applied; each is waited for as if just lost (3.7). */
  restore(members: readonly RestoredMember[], id: number): readonly Effect[] {
    return members.flatMap((kept): Effect[] => {
      const member = this.#state.members.add(kept.identity, kept.name, true);
      if (!member) return [];
      for (const { ref, id, at } of kept.refs) member.refs.remember(ref, { id, at });
      this.#state.lobby.enter(member, kept.identity);
      for (const { key, name, created, since } of kept.rooms) {
        this.#state.roomFor(key, name, created).enter(member, since);
      }
      member.lostSince = id;
      return [{ type: 'linger', identity: member.identity, since: id }];
    });
  }
}

// 1.1, 1.2  WHO, to it alone
function invite({ connection, close, ref }: Of<'invite'>): Outcome {
  const invitation = send(connection, { word: 'WHO', names: '', marks: { ref } });
  return close ? { effects: [invitation, { type: 'close', connection }], records: [] } : only(invitation); // 2.5
}

// 1.3, 2.3  ERR and what was asked
function reject({ connection, asked, ref, why, close }: Of<'reject'>): Outcome {
  const refusal = send(connection, { word: 'ERR', about: asked, marks: { ref, why } });
  return close ? { effects: [refusal, { type: 'close', connection }], records: [] } : only(refusal); // 4.7
}
