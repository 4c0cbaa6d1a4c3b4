import { MISSED_LINES, type ServerLine } from '@palabre/protocol';
import type { Identity } from './chat/commands.ts';
import type { Effect } from './chat/effects.ts';
import type { KeptMessage } from './chat/records.ts';
import type { Journal } from './journal/kept.ts';

type Of<T extends Effect['type']> = Extract<Effect, { type: T }>;

/** What a member missed, as lines: at most the newest 1,000, and how many that are (3.7). */
export async function missed(
  journal: Journal,
  effect: Of<'replay'>,
  isWanted: () => boolean,
): Promise<ServerLine[]> {
  const { identity, rooms, after, before, ref } = effect;
  const scope = { type: 'missed', identity, rooms } as const;
  const query = { scope, after, before, limit: MISSED_LINES, first: 'newest' } as const;
  const page = await journal.history(query, isWanted);
  const lines = page.messages.map((message) => asLine(message, identity, undefined));
  lines.push({ word: 'HST', marks: { ref, count: lines.length, more: page.more } });
  return lines;
}

/** The history that was asked for, as lines, oldest first, and how many that are (3.9). */
export async function recalled(
  journal: Journal,
  effect: Of<'history'>,
  isWanted: () => boolean,
): Promise<ServerLine[]> {
  const { identity, since, ref, query } = effect;
  const { room, before, after, limit, from, find } = query;
  const scope =
    query.with === undefined
      ? ({ type: 'room', room, since } as const)
      : ({ type: 'private', identity, with: query.with } as const);
  const first = after !== undefined && before === undefined ? 'oldest' : 'newest';
  const page = await journal.history({ scope, before, after, limit, from, find, first }, isWanted);
  const lines = page.messages.map((message) => asLine(message, identity, ref));
  lines.push({ word: 'HST', marks: { ref, count: lines.length, more: page.more } });
  return lines;
}

function asLine(message: KeptMessage, reader: Identity, ref: string | undefined): ServerLine {
  const { id, at, roomName, re, cont, from, text, to, author } = message;
  const marks = { ref, old: true, id, at, room: roomName, to: author === reader ? to : undefined, re, cont };
  return { word: to === undefined ? 'MSG' : 'PRV', name: from, text, marks };
}
