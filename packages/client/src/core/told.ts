import type { Arrived, Left, Message } from '../events.ts';
import type { IncomingOf, Said } from './incoming.ts';

/** A message as its reader gets it. `self`: this member's name; `own`: whether that is who speaks. */
export function messageOf(said: Said, self: string, own: boolean): Message {
  const { id, at, room, name, text, re, cont, old } = said;
  const isPrivate = said.word === 'PRV';
  // Only the sender's copy of a private line says whom it is for.
  const to = said.to ?? (isPrivate ? self : undefined);
  return {
    type: 'message',
    ...{ id, at, room, from: name, to, text, re, cont },
    own: own || said.to !== undefined,
    old,
    private: isPrivate,
  };
}

export function arrivedOf({ name, at, room }: IncomingOf<'ARR'>, own: boolean): Arrived {
  return { type: 'arrived', name, at, room, own };
}

export function leftOf({ name, at, room, why }: IncomingOf<'LFT'>, own: boolean): Left {
  return { type: 'left', name, at, room, why, own };
}
