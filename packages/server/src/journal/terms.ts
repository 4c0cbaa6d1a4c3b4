/**
 * The terms under which a message is found: of where it was said and by whom, and of its text.
 *
 * All ways to ask for history go through one index, the full-text index of SQLite (FTS5). Beside the words of the text it
 * holds, in a column of its own, terms for the room, the speaker and the two ends of a private line. FTS5 walks the list of a
 * term in the order of ids, from either end, skipping to an id, and intersects such lists: that is a page of history. It
 * appends, and merges in the background; a B-tree for each of these instead would write a page of 4 KiB for nearly every
 * speaker in a batch.
 */
import { type NameKey, nameKey } from '@palabre/protocol';
import type { HistoryQuery, KeptMessage } from './kept.ts';

/** A private-use character begins the terms of a scope, so that searching for the beginning of a word does not walk them. */
const MARK = '\ue000';

const inRoom = (room: NameKey | ''): string => `${MARK}r${hex(room)}`;
const saidBy = (name: NameKey): string => `${MARK}n${hex(name)}`;
const markedBy = (identity: number): string => `${MARK}q${identity}`;
const privateOf = (identity: number): string => `${MARK}p${identity}`;
const privateWith = (identity: number, name: NameKey): string => `${MARK}w${identity}x${hex(name)}`;

/** A key may hold anything, a term only letters and digits. */
function hex(key: string): string {
  return Buffer.from(key).toString('hex');
}

/** What the column `scope` of the index says of a message. The same again when it is taken out: it is not kept elsewhere. */
export function scopeOf(message: KeptMessage): string {
  const { author, from, room, to, recipient, ref } = message;
  const speaker = nameKey(from);
  const terms = [saidBy(speaker)];
  if (recipient === undefined) terms.push(inRoom(room));
  else terms.push(privateOf(author), privateOf(recipient), privateWith(recipient, speaker));
  if (to !== undefined) terms.push(privateWith(author, nameKey(to)));
  if (ref !== undefined) terms.push(markedBy(author));
  return terms.join(' ');
}

/** A part of what a query asks for: the messages that match an FTS5 expression and have an id over `after`. */
export interface Search {
  readonly match: string;
  readonly after: number;
}

/** The messages of an identity that have a `ref`. */
export function marked(identity: number): Search {
  return { match: `scope : "${markedBy(identity)}"`, after: sinceBeginning(identity) };
}

/** Nobody has said anything before the place in the order that it is named by. */
function sinceBeginning(identity: number): number {
  return identity - 1;
}

/** What to search for; the answer to the query is all that any of them finds. Empty if nothing can be found. */
export function searches({ scope, after = Number.MIN_SAFE_INTEGER, from, find }: HistoryQuery): Search[] {
  const words = find === undefined ? undefined : wordsOf(find);
  if (words === '') return [];
  const search = (term: string, since: number): Search => {
    const terms = from === undefined ? `"${term}"` : `("${term}" AND "${saidBy(from)}")`;
    const match = words === undefined ? `scope : ${terms}` : `scope : ${terms} AND text : (${words})`;
    return { match, after: Math.max(after, since) };
  };
  switch (scope.type) {
    case 'room':
      return [search(inRoom(scope.room), scope.since)];
    case 'private':
      return [search(privateWith(scope.identity, scope.with), sinceBeginning(scope.identity))];
    case 'missed':
      return [
        search(privateOf(scope.identity), sinceBeginning(scope.identity)),
        ...scope.rooms.map(({ room, since }) => search(inRoom(room), since)),
      ];
    default:
      return scope satisfies never;
  }
}

/**
 * The FTS5 expression for all of these words, the last one a prefix; '' if there is no letter or digit in it. Each word is a
 * string in quotation marks, in which nothing is syntax; one with a hyphen or the like inside is a phrase. Side by side they
 * are an implicit AND, which, unlike the word AND, passes over a string that FTS5 finds no letter in (its Unicode is older
 * than ours).
 *
 * A single letter or digit of ASCII, whatever signs and accents it has, is a word and no prefix: FTS5 gathers all words that begin so, and a sixth of English begins with t
 * (200 ms among 1,000,000 messages; 2 ms for two letters).
 */
function wordsOf(find: string): string {
  const words = find.split(/[\s\p{Cc}]+/u).filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word));
  const quoted = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
  return /^[a-z0-9]?$/iu.test(lastTermOf(words.at(-1) ?? '')) ? quoted : `${quoted} *`;
}

/** The last of the terms that FTS5 makes of a word, without its accents. */
function lastTermOf(word: string): string {
  const folded = word.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return folded.split(/[^\p{L}\p{N}\p{Co}]+/u).findLast((term) => term !== '') ?? '';
}
