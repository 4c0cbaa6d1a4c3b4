import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Name, nameKey } from '@palabre/protocol';
import fc from 'fast-check';
import { hold } from './directory.ts';
import { History } from './history.ts';
import type { HistoryPage, HistoryQuery, KeptMessage } from './kept.ts';
import { batchOf, messageOf } from './rows.ts';
import { lobby, message, named, said, temporary } from './samples.ts';
import { Tables } from './tables.ts';

/** The words of a text as they are searched for: letters and digits, without diacritics, in lower case. */
function wordsOf(text: string): string[] {
  const folded = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** All words of `find` are in `text`: one with a hyphen as its parts side by side, the last one as a beginning. */
function found(text: string, find: string): boolean {
  const words = wordsOf(text);
  const wanted = find.split(/\s+/u).filter((word) => wordsOf(word).length > 0);
  const single = /^[a-z0-9]$/.test(wordsOf(wanted.at(-1) ?? '').at(-1) ?? '');
  const hasPhrase = (phrase: string[], prefix: boolean): boolean =>
    words.some((_, at) =>
      phrase.every((part, i) => {
        const word = words[at + i] ?? '';
        return prefix && i === phrase.length - 1 ? word.startsWith(part) : word === part;
      }),
    );
  return (
    wanted.length > 0 &&
    wanted.every((word, i) => hasPhrase(wordsOf(word), i === wanted.length - 1 && !single))
  );
}

function inScope({ scope }: HistoryQuery, message: KeptMessage): boolean {
  const { author, recipient, to, from } = message;
  switch (scope.type) {
    case 'room':
      return recipient === undefined && message.room === scope.room && message.id > scope.since;
    case 'private':
      if (recipient === undefined || to === undefined) return false;
      return (
        (author === scope.identity && nameKey(to) === scope.with) ||
        (recipient === scope.identity && nameKey(from) === scope.with)
      );
    case 'missed':
      if (recipient !== undefined) return author === scope.identity || recipient === scope.identity;
      return scope.rooms.some(({ room, since }) => message.room === room && message.id > since);
  }
}

/** What a page of history is, in a filter over all messages. */
function model(messages: readonly KeptMessage[], query: HistoryQuery): HistoryPage {
  const { after = 0, before = Number.POSITIVE_INFINITY, from, find, limit, first } = query;
  const all = messages
    .filter((message) => inScope(query, message) && message.id > after && message.id < before)
    .filter((message) => from === undefined || nameKey(message.from) === from)
    .filter((message) => find === undefined || found(message.text, find));
  const page = first === 'newest' ? all.slice(Math.max(0, all.length - limit)) : all.slice(0, limit);
  return { messages: page, more: all.length > limit };
}

const names = ['ana', 'Ana', 'bo', 'Zoë', '"', '日本'].map(named);
const rooms = ['dev', 'Dev', 'r646576', '*'].map(named);
const words = [
  'the',
  'there',
  'a',
  'A',
  'á',
  '.t',
  'foo-t',
  'été',
  'ete',
  'e\u0301te',
  'AND',
  'OR',
  'NEAR',
  'foo-bar',
  'Việt',
  'viet',
  'foo',
  'bar',
];
const odd = [
  '"',
  '*',
  ':',
  'text:the',
  'the*',
  '"the"',
  '(',
  ')',
  '-',
  '^the',
  '日本語',
  '日',
  '42',
  'x1',
  '\ue000r',
  '!',
];
const aName = fc.constantFrom(...names);
const aPlace = fc.nat({ max: 150 });
/** Members have entered before anything is said. */
const FIRST_ID = 13;
const aRoom = fc.constantFrom<Name | undefined>(undefined, ...rooms);
const aText = (max: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...odd)), {
      minLength: 1,
      maxLength: max,
    })
    .map((parts) => parts.join(' '));
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const aMessage: fc.Arbitrary<Omit<KeptMessage, 'id'>> = fc
  .record({
    at: fc.nat(),
    from: aName,
    author: fc.nat({ max: 12 }),
    text: aText(5),
    private: fc.boolean(),
    roomName: aRoom,
    to: aName,
    recipient: fc.nat({ max: 12 }),
    ref: optional(fc.stringMatching(/^[A-Za-z0-9_.-]{1,64}$/)),
    re: optional(fc.nat()),
    cont: fc.boolean(),
  })
  .map(({ private: isPrivate, roomName, to, recipient, ref, re, cont, ...common }) => ({
    ...common,
    ...(isPrivate
      ? { room: '', to, recipient }
      : roomName === undefined
        ? { room: '' }
        : { room: nameKey(roomName), roomName }),
    ...(ref !== undefined && { ref }),
    ...(re !== undefined && { re }),
    ...(cont && { cont }),
  }));

const aKey = aRoom.map((room) => (room === undefined ? ('' as const) : nameKey(room)));
const aScope: fc.Arbitrary<HistoryQuery['scope']> = fc.oneof(
  fc.record({ type: fc.constant('room' as const), room: aKey, since: aPlace }),
  fc.record({
    type: fc.constant('private' as const),
    identity: fc.nat({ max: 12 }),
    with: aName.map(nameKey),
  }),
  fc.record({
    type: fc.constant('missed' as const),
    identity: fc.nat({ max: 12 }),
    rooms: fc.uniqueArray(fc.record({ room: aKey, since: aPlace }), {
      selector: ({ room }) => room,
      maxLength: 4,
    }),
  }),
);
const aQuery: fc.Arbitrary<HistoryQuery> = fc.record({
  scope: aScope,
  after: optional(aPlace),
  before: optional(aPlace),
  limit: fc.oneof(fc.nat({ max: 10 }), fc.constant(1_000)),
  from: optional(aName.map(nameKey)),
  find: optional(aText(3)),
  first: fc.constantFrom('newest' as const, 'oldest' as const),
});

test('3.9 history is what a filter over all messages would give', (t) => {
  const anything = fc.array(fc.array(aMessage, { maxLength: 10 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      anything,
      fc.array(aQuery, { minLength: 20, maxLength: 40 }),
      fc.nat({ max: 40 }),
      fc.constantFrom(1, 7, 30, 100_000),
      fc.nat({ max: 4 }),
      (batches, queries, old, idsInPart, steps) => {
        const held = hold(temporary(t));
        try {
          const tables = new Tables(held.db, idsInPart);
          const history = new History(held.db);
          const kept = batches.map((batch, i) =>
            batch.map((message, j) => ({ ...message, id: FIRST_ID + 20 * i + 2 * j, at: 20 * i + 2 * j })),
          );
          for (const batch of kept)
            tables.keep(batchOf(batch.map((message) => ({ type: 'message', message }))));
          for (let step = 0; step < steps; step++) tables.tidy();
          tables.forget(old, 1_000); // What is too old is found no more.
          const left = kept.flat().filter(({ at }) => at >= old);
          for (const query of queries) {
            const { messages, more } = history.page(query);
            assert.deepEqual({ messages: messages.map(messageOf), more }, model(left, query));
          }
        } finally {
          held.release();
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('3.9 no search is a syntax error', (t) => {
  const held = hold(temporary(t));
  const history = new History(held.db);
  new Tables(held.db).keep(batchOf([said(1, { text: 'x' })]));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (find) => {
      history.page({ ...lobby, find });
    }),
    { numRuns: 2_000 },
  );
  const many = Array.from({ length: 1_000 }, (_, i) => `x${i}`).join(' ');
  assert.equal(history.page({ ...lobby, find: many }).messages.length, 0);
  held.release();
});

test('3.9 what may be missed in 64 rooms comes in one order', (t) => {
  const held = hold(temporary(t));
  const all = Array.from({ length: 64 }, (_, i) => named(`room${i}`));
  const records = Array.from({ length: 640 }, (_, i) => {
    const roomName = all[i % 64] ?? named('none');
    return message(i + 1, { room: nameKey(roomName), roomName });
  });
  new Tables(held.db).keep(batchOf(records.map((message) => ({ type: 'message', message }))));
  const rooms = all.map((room) => ({ room: nameKey(room), since: 0 }));
  const scope: HistoryQuery['scope'] = { type: 'missed', identity: 9, rooms };
  const page = new History(held.db).page({ ...lobby, scope, limit: 100 });
  assert.deepEqual(page.messages.map(messageOf), records.slice(-100));
  assert.equal(page.more, true);
  held.release();
});

test('3.9 diacritics are folded, however many a letter has', (t) => {
  const held = hold(temporary(t));
  new Tables(held.db).keep(batchOf([said(1, { text: 'Tiếng Việt' })]));
  const history = new History(held.db);
  for (const find of ['viet', 'VIỆT', 'tieng'])
    assert.equal(history.page({ ...lobby, find }).messages.length, 1, find);
  held.release();
});
