import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameKey, parseName } from './names.ts';
import { utf8Length } from './utf8.ts';

test('2.2 names at their limits: 32 code points, 128 bytes', () => {
  for (const name of ['a', 'é'.repeat(32), '🌳'.repeat(32), 'Zoë', 'a:b', 'a@b', '名前', '\ue000'])
    assert.equal(parseName(name), name);
  for (const text of ['', 'a'.repeat(33), '🌳'.repeat(33), 'a b', ' a', 'a ', '@a', '#a', ':a'])
    assert.equal(parseName(text), undefined, text);
});

test('2.2 no white space, control, format, surrogate or unassigned code point, wherever it stands', () => {
  const forbidden = [
    '\t',
    '\u0000',
    '\u001b',
    '\u0085',
    '\u00a0',
    '\u00ad',
    '\u1680',
    '\u2003',
    '\u200b',
    '\u200d',
    '\u202e',
    '\u2028',
  ];
  for (const bad of [...forbidden, '\u3000', '\ufeff', '\ud800', '\udfff', '\u0378', '\uffff', '\u{e0001}']) {
    for (const text of [bad, `a${bad}`, `${bad}a`, `a${bad}b`])
      assert.equal(parseName(text), undefined, JSON.stringify(text));
  }
});

test('2.2 one name: case, compatibility forms, composition', () => {
  for (const [a, b] of [
    ['Ana', 'ana'],
    ['ａｎａ', 'ana'],
    ['E\u0301a', 'éa'],
    ['ﬁn', 'fin'],
    ['K', '\u212a'],
    ['Ǆ', 'ǆ'],
  ] as const) {
    assert.equal(nameKey(a), nameKey(b));
  }
  assert.notEqual(nameKey('ana'), nameKey('anà'));
});

test('2.2 a key is its own key: comparing keys is comparing names', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 32 }), (text) => {
      assert.equal(nameKey(nameKey(text)), nameKey(text));
    }),
    { numRuns: 5000 },
  );
});

test('the bytes of a string are counted as they are encoded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 64 }), (text) => {
      assert.equal(utf8Length(text), Buffer.byteLength(text));
    }),
    { numRuns: 3000 },
  );
});
