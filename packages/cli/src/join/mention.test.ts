import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentions } from './mention.ts';

const CASES: readonly [string, string, boolean][] = [
  ['ana', 'hello ana!', true],
  ['ana', 'ANA: are you there?', true],
  ['ana', '@ana', true],
  ['ana', 'ａｎａ', true],
  ['ana', 'banana, anaconda', false],
  ['ana', 'banana ana', true],
  ['ana', 'ana_2', false],
  ['élodie', "c'est Élodie", true],
  ['小明', '你好小明你在吗', true],
  ['a.b', 'axb', false],
  ['a.b', 'a.b?', true],
];
for (const [name, text, expected] of CASES) {
  test(`${JSON.stringify(text)} ${expected ? 'names' : 'does not name'} ${name}`, () =>
    assert.equal(mentions(name)(text), expected));
}
