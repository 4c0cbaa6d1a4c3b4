import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameKey, parseName } from '@palabre/protocol';
import fc from 'fast-check';
import { nameProblem, namesOne } from './names.ts';

test('2.2 what is wrong with a name is said as precisely as it can be', () => {
  const what = (text: string): unknown => nameProblem(text)?.what;
  assert.equal(what('ana'), undefined);
  assert.equal(what('  ana '), undefined, 'spaces around it are no matter');
  assert.equal(what('été'), undefined);
  assert.equal(what(''), 'name-empty');
  assert.equal(what('an a'), 'name-space');
  assert.equal(what('an\u00a0a'), 'name-space');
  assert.deepEqual(nameProblem('#ana'), { what: 'name-start', about: '#' });
  assert.equal(what('x'.repeat(32)), undefined);
  assert.equal(what('x'.repeat(33)), 'name-long');
  assert.equal(what('🌳'.repeat(32)), undefined);
  assert.equal(what('e\u0301'.repeat(17)), 'name-long');
  assert.equal(what('a\u200bb'), 'name-other');
  assert.equal(what('x'.repeat(1_000_000)), 'name-long');
});

test('2.2 there is a problem where, and only where, the protocol has no name', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(nameProblem(text) === undefined, parseName(text.trim()) !== undefined);
    }),
  );
});

test('a name is named as a word, by the rule by which names compare', () => {
  const named = (text: string, name: string): boolean => namesOne(text, nameKey(name));
  for (const text of [
    'ana',
    'Hello ANA!',
    '@ana: look',
    'is it ana?',
    'ana, ana',
    'banana, ana',
    'ｅ ａｎａ',
  ]) {
    assert.equal(named(text, 'ana'), true, text);
  }
  for (const text of ['banana', 'anatomy', 'ana_b', 'ana2', 'an a', '', 'anaé', 'ana\u0301']) {
    assert.equal(named(text, 'ana'), false, text);
  }
  assert.equal(named('so says jean-luc.', 'Jean-Luc'), true);
  assert.equal(named('🌳 is here', '🌳'), true);
});
