import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LINE_BYTES, TAG_BYTES } from './limits.ts';
import { formatLine, type Line, parseLine, readLine } from './lines.ts';
import { formatTags, parseTags } from './tags.ts';
import { isText } from './text.ts';

const key = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const value = fc.string({ unit: 'grapheme', maxLength: 30 });
const awkward = fc.stringMatching(/^[;: \\\r\nsnrab=@]{0,20}$/);
const tags = fc
  .array(fc.tuple(key, fc.oneof(value, awkward)), { minLength: 1, maxLength: 6 })
  .map((pairs) => new Map(pairs));
const word = fc.stringMatching(/^[A-Z]{1,5}$/);
const rest = fc.string({ unit: 'grapheme', maxLength: 60 });

test('parse after format is identity: lines, with and without tags', () => {
  fc.assert(
    fc.property(fc.option(tags, { nil: undefined }), word, rest, (tags, word, rest) => {
      const line: Line = { tags, word, rest };
      assert.deepEqual(parseLine(formatLine(line)), line);
    }),
    { numRuns: 3000 },
  );
});

test('3.1 parse after format is identity: tags, whatever their values hold', () => {
  fc.assert(
    fc.property(tags, (tags) => {
      const text = formatTags(tags);
      assert.doesNotMatch(text, /[ \r\n]/);
      assert.deepEqual(parseTags(text), tags);
    }),
    { numRuns: 3000 },
  );
});

test('3.1 escapes as in IRCv3: an unknown one loses its backslash, and so does a lone one at the end', () => {
  assert.deepEqual(
    parseTags('a=\\:\\s\\\\\\r\\n\\b;c=d\\'),
    new Map([
      ['a', '; \\\r\nb'],
      ['c', 'd'],
    ]),
  );
  assert.deepEqual(
    parseTags('a=1;a=2;b='),
    new Map([
      ['a', '2'],
      ['b', ''],
    ]),
  );
});

test('3.1 keys that are none', () => {
  for (const text of ['', ';', 'A', 'a b', 'é', 'a;', '=x', 'a_b', '+a'])
    assert.equal(parseTags(text), undefined, text);
  assert.throws(() => formatTags(new Map([['A', '1']])), RangeError);
});

test('reading never throws, whatever the bytes; what it reads can be said', () => {
  const bytes = fc
    .uint8Array({ maxLength: 200 })
    .map((array) => array.map((byte) => (byte === 10 ? 64 : byte)));
  fc.assert(
    fc.property(
      fc.oneof(
        bytes,
        fc.tuple(fc.constant('@a=1 '), bytes).map(([a, b]) => Buffer.concat([Buffer.from(a), b])),
      ),
      (bytes) => {
        const line = readLine(bytes);
        if (typeof line !== 'string') assert.ok(isText(line.rest));
      },
    ),
    { numRuns: 3000 },
  );
});

test('2.6, 3.1 the limits are in bytes, the tags apart from the line', () => {
  const read = (text: string) => {
    const line = readLine(Buffer.from(text));
    return typeof line === 'string' ? line : line.word;
  };
  const longest = `MSG ${'é'.repeat((LINE_BYTES - 4) / 2)}`;
  assert.equal(read(longest), 'MSG');
  assert.equal(read(`${longest}x`), 'long');
  const fullest = `@a=${'é'.repeat((TAG_BYTES - 2) / 2)}`;
  assert.equal(read(`${fullest} ${longest}`), 'MSG');
  assert.equal(read(`${fullest}x MSG hi`), 'tags');
  assert.equal(read(`${fullest} ${longest}x`), 'long');
  assert.equal(read('@a=1'), 'tags');
});

test('2.7 what is text', () => {
  for (const text of ['', 'a\tb', 'é', '🌳', '\ufeff', '\ue000', '\u{10ffff}', '\u200d', '\u202e'])
    assert.ok(isText(text));
  for (let code = 0; code < 0x20; code++) if (code !== 9) assert.ok(!isText(`a${String.fromCharCode(code)}`));
  for (let code = 0x7f; code < 0xa0; code++) assert.ok(!isText(`${String.fromCharCode(code)}a`));
  for (const text of ['\u2028', '\u2029']) assert.ok(!isText(text));
});

test('2.7 bytes that are not UTF-8: overlong, surrogates, cut short, beyond Unicode', () => {
  for (const bytes of [
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xe2, 0x82],
    [0xf4, 0x90, 0x80, 0x80],
    [0x80],
    [0xfe],
  ]) {
    assert.equal(readLine(Uint8Array.from([0x4d, 0x53, 0x47, 0x20, ...bytes])), 'text');
  }
});
