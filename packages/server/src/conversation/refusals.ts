import type { Command, Refusal } from '../chat/commands.ts';
import type { Asked, Speaker } from './speaker.ts';

/** What can't be done: a stranger is asked to identify itself (1.2), a member gets ERR and its own name (2.4). */
export function refuse({ connection, identified }: Speaker, { ref }: Asked, why: Refusal): Command {
  return identified
    ? { type: 'refuse', connection, ref, why }
    : { type: 'invite', connection, ref, close: false };
}
