/** What can be asked, each as the line that asks it and the answer that it gets. */
import { isText } from '@palabre/protocol';
import { NotAName, Refused } from '../errors.ts';
import type { Message } from '../events.ts';
import type { HistoryOptions, Receipt, SayOptions } from '../options.ts';
import { type Asked, askFor, type Taker } from './asks.ts';
import { isName } from './incoming.ts';
import { isSelf, type Self } from './self.ts';
import { messageOf } from './told.ts';

/** A line of one's own, as the reader gets it where the server sends none back. */
export interface Echo {
  /** Of a private line: whom it is for. */
  readonly to: string | undefined;
  readonly text: string;
}

/** `MSG text`, or `PRV to text`. Throws what the server would refuse. `echo`: takes the line where the server sends none back. */
export function sayIt(
  ref: string,
  self: Self,
  where: { readonly room?: string | undefined } | { readonly to: string },
  text: string,
  { re, cont }: SayOptions,
  echo: (said: Echo) => void,
): Asked<Receipt> {
  if (text === '') throw new Refused('empty');
  if (!isText(text)) throw new Refused('text'); // 2.7
  const to = 'to' in where ? where.to : undefined;
  const room = 'to' in where ? undefined : where.room;
  if (to !== undefined && !isName(to)) throw new NotAName(to);
  const word = to === undefined ? 'MSG' : 'PRV';
  const tags = { room, re: re?.toString(), cont: cont ? '' : undefined };
  const written = (): Receipt => {
    // 2.4  What one says to oneself is delivered, in the plain form too.
    if (to === undefined || !isSelf(self, to)) echo({ to, text });
    return { id: undefined, at: undefined };
  };
  return askFor(
    { ref, kind: 'say', word, rest: to === undefined ? text : `${to} ${text}`, tags },
    () => (line) => {
      if (line.word !== 'MSG' && line.word !== 'PRV') return undefined;
      return { result: { id: line.id, at: line.at } };
    },
    room === undefined ? written : undefined,
  );
}

/** `WHO`: the names of those in the chat or the room. */
export function askWho(ref: string, room?: string): Asked<string[]> {
  const taker = (): Taker<string[]> => {
    const names: string[] = [];
    return (line) => {
      if (line.word !== 'WHO') return undefined;
      names.push(...line.names);
      return line.more ? undefined : { result: names };
    };
  };
  const question = { ref, kind: 'read', word: 'WHO', tags: { room } } as const;
  return askFor(question, taker, room === undefined ? 'answered' : undefined);
}

/** A room that somebody is in. */
export interface RoomListing {
  readonly name: string;
  /** How many are in it. */
  readonly members: number;
}

/** `LST`: the rooms. */
export function askRooms(ref: string): Asked<RoomListing[]> {
  return askFor({ ref, kind: 'read', word: 'LST' }, () => {
    const rooms: RoomListing[] = [];
    return (line) => {
      if (line.word !== 'LST') return undefined;
      if (line.name === '') return { result: rooms };
      rooms.push({ name: line.name, members: line.members });
      return undefined;
    };
  });
}

/** Lines of the history, oldest first. */
export interface History {
  readonly messages: readonly Message[];
  /** Whether there are further ones in the direction that was asked for. */
  readonly more: boolean;
}

/** `HST`: a part of the history. */
export function askHistory(ref: string, self: Self, options: HistoryOptions): Asked<History> {
  const { room, from, find } = options;
  const [before, after, limit] = [options.before, options.after, options.limit].map((n) => n?.toString());
  const tags = { room, with: options.with, from, find, before, after, limit };
  return askFor({ ref, kind: 'read', word: 'HST', tags }, () => {
    const messages: Message[] = [];
    return (line) => {
      if (line.word === 'HST') return { result: { messages, more: line.more } };
      if (line.word === 'MSG' || line.word === 'PRV')
        messages.push(messageOf(line, self.name, isSelf(self, line.name)));
      return undefined;
    };
  });
}

/** `IAM` with a room: enters it. Throws `Refused` where it can be no room. */
export function enterRoom(ref: string, self: Self, room: string): Asked<void> {
  if (!isName(room)) throw new Refused('room');
  // Whatever the name is when it goes out: it may have been asked for after another name was.
  return askFor(
    { ref, kind: 'act', word: 'IAM', rest: () => self.name, tags: { room } },
    () => (line) => (line.word === 'ARR' ? { result: undefined } : undefined),
  );
}

/** `BYE`: leaves the room, or the chat. */
export function sayBye(ref: string, room?: string): Asked<void> {
  return askFor(
    { ref, kind: 'last', word: 'BYE', tags: { room } },
    () => (line) => (line.word === 'LFT' ? { result: undefined } : undefined),
    room === undefined ? 'answered' : undefined,
  );
}

/** `IAM`: takes another name. */
export function takeName(ref: string, name: string): Asked<void> {
  if (!isName(name)) throw new NotAName(name);
  return askFor(
    { ref, kind: 'last', word: 'IAM', rest: name },
    () => (line) => (line.word === 'ARR' ? { result: undefined } : undefined),
    'answered',
  );
}
