import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Scene, Transcript } from '../testing/scene.ts';
import { type Incoming, isName, readIncoming } from './incoming.ts';

const piece = fc.oneof(
  fc.constantFrom(
    '@',
    'id=7',
    'old',
    ';',
    ' ',
    'ref=a',
    'room=',
    'to=b',
    '\u001b[2J',
    '\r',
    '\u2028',
    '\u202e',
  ),
  fc.constantFrom(
    'MSG',
    'PRV',
    'ARR',
    'LFT',
    'WHO',
    'TKN',
    'ERR',
    'EXT',
    'HST',
    'LST',
    'ana',
    '\\n',
    '99999999999999999999',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const anything = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

// What a terminal obeys, and line ends.
const DRIVES = /[^\P{Cc}\t]|[\u2028\u2029]/u;

function namesOf(line: Incoming): string[] {
  if (line.word === 'MSG' || line.word === 'PRV')
    return [line.name, ...[line.to, line.room].flatMap((name) => name ?? [])];
  if (line.word === 'ARR' || line.word === 'LFT')
    return [line.name, ...[line.room].flatMap((room) => room ?? [])];
  return line.word === 'WHO' ? line.rest.split(' ').filter(isName) : [];
}

test('2.7 whatever a server says: reading never throws, and nothing that drives a terminal gets through', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const line = readIncoming(text);
      if (!line) return;
      if (line.word === 'MSG' || line.word === 'PRV') assert.doesNotMatch(line.text, DRIVES);
      if (line.word === 'ERR') assert.doesNotMatch(line.rest, DRIVES);
      for (const name of namesOf(line)) assert.doesNotMatch(name, /[\s\p{Cc}\p{Cf}]/u);
    }),
    { numRuns: 5000 },
  );
});

test('whatever a server says, the chat goes on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 30 }), async (lines) => {
      const scene = new Scene();
      const ana = await scene.connect('ana');
      const read = new Transcript(ana);
      for (const { seats } of scene.server.members.values())
        for (const { say } of seats) for (const line of lines) say(line);
      await scene.settle();
      for (const { text, from } of read.messages) assert.doesNotMatch(text + from, DRIVES);
    }),
    { numRuns: 300 },
  );
});

test('what is read, and what is not', () => {
  const read = readIncoming('@id=8;at=9;room=dev;re=3;cont;old;ref=r MSG ana  hi ');
  assert.partialDeepStrictEqual(read, {
    ...{
      word: 'MSG',
      ref: 'r',
      name: 'ana',
      text: ' hi ',
      cont: true,
      old: true,
      re: 3,
      id: 8,
      at: 9,
      room: 'dev',
    },
  });
  for (const text of [
    'MSG ana',
    '@room=a\\sb MSG ana hi',
    'MSG \u202eana hi',
    '@a',
    `MSG ana ${'x'.repeat(6000)}`,
    'HTTP/1.1 400',
  ])
    assert.ok(!readIncoming(text) || text === 'MSG ana', text);
  // A server may know characters that this platform does not yet.
  assert.ok(readIncoming('ARR \u0378'));
});
