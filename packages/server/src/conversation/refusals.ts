import type { Command, Refusal } from '../chat/commands.ts';
import type { Speaker } from './speaker.ts';

/** What can't be done: a stranger is asked to identify itself (1.2), a member gets ERR and its own name (2.4). */
export function refuse({ connection, identified }: Speaker, why: Refusal): Command {
  return identified ? { type: 'refuse', connection, why } : { type: 'invite', connection, close: false };
}
