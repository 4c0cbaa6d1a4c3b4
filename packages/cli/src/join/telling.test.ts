import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '@palabre/client';
import fc from 'fast-check';
import { paintFor, plain } from '../terminal/paint.ts';
import { Telling } from './telling.ts';

const NOON = new Date(2026, 10, 22, 12).getTime();

function said(from: string, text: string, more: Partial<Message> = {}): Message {
  const flags = { own: false, old: false, cont: false, private: false };
  return { type: 'message', from, text, at: NOON, ...flags, ...more };
}

function tell(tell: (telling: Telling) => void): string[] {
  const lines: string[] = [];
  tell(new Telling(plain, (more) => lines.push(...more)));
  return lines;
}

test('messages, private ones, mentions; a mark where the day changes', () => {
  const lines = tell((telling) => {
    telling.message(said('bo', 'hello'), false);
    telling.message(said('bo', 'ana?', { at: NOON + 60_000 }), true);
    telling.message(said('bo', 'psst', { to: 'ana', private: true, at: NOON + 24 * 3_600_000 }), true);
  });
  assert.deepEqual(lines, [
    '-- Sunday, 22 November 2026',
    '12:00 bo: hello',
    '12:01 » bo: ana?',
    '-- Monday, 23 November 2026',
    '12:00 » bo → ana: psst',
  ]);
});

test('what goes on from the line before needs no name, unless something came between', () => {
  const lines = tell((telling) => {
    telling.message(said('bo', 'one'), false);
    telling.message(said('bo', 'two', { cont: true }), false);
    telling.message(said('cy', 'no', { cont: true }), false);
    telling.message(said('bo', 'three', { cont: true }), false);
    telling.note('something');
    telling.message(said('bo', 'four', { cont: true }), false);
  });
  assert.deepEqual(lines.slice(1), [
    '12:00 bo: one',
    '      two',
    '12:00 cy: no',
    '12:00 bo: three',
    '-- something',
    '12:00 bo: four',
  ]);
});

test('who comes, goes, and why', () => {
  const lines = tell((telling) => {
    telling.arrived({ type: 'arrived', name: 'bo', at: NOON, own: false });
    telling.renamed({ type: 'renamed', was: 'bo', name: 'bob', at: NOON, own: false });
    telling.left({ type: 'left', name: 'bob', at: NOON, why: 'bye', own: false });
    telling.left({ type: 'left', name: 'cy', at: NOON, why: 'lost', own: false });
    telling.people(['ana', 'bo']);
  });
  assert.deepEqual(lines.slice(1), [
    '12:00 -- bo is here',
    '12:00 -- bo is now bob',
    '12:00 -- bob has left',
    '12:00 -- cy has left (connection lost)',
    '-- 2 here: ana bo',
  ]);
});

test('whatever others are called and say, each line is a line, and what drives the terminal is our own colours alone', () => {
  const any = fc.string({
    unit: fc.constantFrom(
      'a',
      '\x1b',
      '[',
      '2',
      'J',
      ']',
      '\x07',
      '\n',
      '\r',
      '\b',
      '\x9b',
      '\u2028',
      '\x00',
    ),
  });
  fc.assert(
    fc.property(any, any, any, (one, other, text) => {
      const lines: string[] = [];
      const telling = new Telling(paintFor({ getColorDepth: () => 8 }), (more) => lines.push(...more));
      telling.message(said(one, text, { to: other, private: true }), true);
      telling.message(said(one, text, { cont: true }), false);
      telling.renamed({ type: 'renamed', was: one, name: other, own: false });
      telling.people([one, other]);
      telling.note(text);
      for (const line of lines) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
        const rest = line.replace(/\x1b\[(?:\d|2\d|39|38;5;\d+)m/g, '');
        assert.doesNotMatch(rest, /[^\P{Cc}\t]|[\u2028\u2029]/u);
      }
    }),
  );
});
