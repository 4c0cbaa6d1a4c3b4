/** What the server tells of others and of ourselves, as the reader gets it. */
import type { ChatEvent, Left, Message } from '../events.ts';
import type { Incoming } from './incoming.ts';
import { isSelf, rename, type Self, wasSelf } from './self.ts';

export function messageOf(line: Incoming, self: Self): Message {
  const { id, at, room, name, to, text, re, cont, old } = line;
  const isPrivate = line.word === 'PRV';
  return {
    ...{ type: 'message', id, at, room, from: name, text, re, cont: !!cont, old: !!old },
    // Only the sender's copy of a private line says whom it is for.
    to: to ?? (isPrivate ? self.name : undefined),
    own: to !== undefined || wasSelf(self, name, at),
    private: isPrivate,
  };
}

/** An `ARR`: somebody came, or took another name. `undefined` where it tells us nothing new of ourselves. */
export function arrivedOf(line: Incoming, self: Self): ChatEvent | undefined {
  const { name, at, room, ref } = line;
  // 2.3  One with a ref answers our own IAM.
  const was = room === undefined && ref !== undefined ? self.name : line.was;
  if (was !== undefined) {
    const own = isSelf(self, was);
    if (own) rename(self, name, at);
    return was === name ? undefined : { type: 'renamed', was, name, at, own };
  }
  const own = room !== undefined && isSelf(self, name);
  if (own && self.rooms.has(room)) return undefined; // told once more, to who has come back
  if (own) self.rooms.add(room);
  return { type: 'arrived', name, at, room, own };
}

/** A `LFT`. */
export function leftOf({ name, at, room, why }: Incoming, self: Self): Left {
  const own = isSelf(self, name);
  if (own && room !== undefined) self.rooms.delete(room);
  return { type: 'left', name, at, room, why, own };
}
