import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonLine, printable } from './printable.ts';

/** Text with many of the characters that drive terminals. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xa0 }).map((n) => String.fromCharCode(n)),
      fc.constantFrom('\u2028', '\u2029', '\ud800', '\x1b]0;title\x07', '\x1b[2J', '\x9b2J'),
    ),
  )
  .map((parts) => parts.join(''));

test('nothing that drives a terminal, or ends a line, leaves through printable', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = printable(text);
      assert.doesNotMatch(shown, /[^\P{Cc}\t]|[\u2028\u2029]/u);
      assert.ok(shown.isWellFormed());
      assert.equal(shown.length, text.length);
    }),
  );
});

test('what people write is left as it is', () => {
  for (const text of ["l'été à Nîmes", 'مرحبا بالعالم', '你好世界', '👨‍👩‍👧', 'a\tb', ''])
    assert.equal(printable(text), text);
});

test('JSON is one line without control characters, and reads back as it was', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const line = jsonLine({ text });
      assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029]/u);
      assert.deepEqual(JSON.parse(line), { text });
    }),
  );
});
