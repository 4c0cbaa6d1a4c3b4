/** What can be asked, each as the line that asks it and the answer that it gets. */
import { isText } from '@palabre/protocol';
import { NotAName, Refused } from '../errors.ts';
import type { Message } from '../events.ts';
import type { HistoryOptions, Receipt, SayOptions } from '../options.ts';
import type { Ask } from './asks.ts';
import { isName } from './incoming.ts';
import type { Self } from './self.ts';
import { messageOf } from './told.ts';

/** `MSG text`, or `PRV to text`. Throws what the server would refuse. */
export function say(text: string, { re, cont }: SayOptions, room?: string, to?: string): Ask<Receipt> {
  if (text === '') throw new Refused('empty');
  if (!isText(text)) throw new Refused('text'); // 2.7
  if (to !== undefined && !isName(to)) throw new NotAName(to);
  return {
    kind: 'say',
    word: to === undefined ? 'MSG' : 'PRV',
    rest: to === undefined ? text : `${to} ${text}`,
    tags: { room, re, cont: cont || undefined },
    result: ({ id, at }) => ({ id, at }),
  };
}

/** `WHO`: the names of those in the chat or the room. */
export function askWho(room?: string): Ask<string[]> {
  return {
    kind: 'read',
    word: 'WHO',
    tags: { room },
    ends: ({ more }) => !more,
    result: (last, before) => [...before, last].flatMap(({ rest }) => rest.split(' ').filter(isName)),
  };
}

/** A room that somebody is in. */
export interface RoomListing {
  readonly name: string;
  /** How many are in it. */
  readonly members: number;
}

/** `LST`: the rooms. */
export function askRooms(): Ask<RoomListing[]> {
  return {
    kind: 'read',
    word: 'LST',
    ends: ({ name }) => name === '',
    result: (_, rooms) => rooms.map(({ name, text }) => ({ name, members: Number(text) })),
  };
}

/** Lines of the history, oldest first. */
export interface History {
  readonly messages: readonly Message[];
  /** Whether there are further ones in the direction that was asked for. */
  readonly more: boolean;
}

/** `HST`: a part of the history. */
export function askHistory(self: Self, options: HistoryOptions): Ask<History> {
  const { room, with: other, from, before, after, limit, find } = options;
  return {
    kind: 'read',
    word: 'HST',
    tags: { room, with: other, from, before, after, limit, find },
    ends: ({ word }) => word === 'HST',
    result: ({ more }, said) => ({ messages: said.map((line) => messageOf(line, self)), more: !!more }),
  };
}

/** `IAM` with a room: enters it. Throws `Refused` where it can be no room. */
export function enterRoom(self: Self, room: string): Ask<void> {
  if (!isName(room)) throw new Refused('room');
  return {
    kind: 'act',
    word: 'IAM',
    // Whatever the name is when it goes out: it may have been asked for after another name was.
    get rest() {
      return self.name;
    },
    tags: { room },
    result: () => {},
  };
}

/** `BYE`: leaves the room, or the chat. */
export function sayBye(room?: string): Ask<void> {
  return { kind: 'alone', word: 'BYE', tags: { room }, result: () => {} };
}

/** `IAM`: takes another name. */
export function takeName(name: string): Ask<void> {
  if (!isName(name)) throw new NotAName(name);
  return { kind: 'alone', word: 'IAM', rest: name, result: () => {} };
}
