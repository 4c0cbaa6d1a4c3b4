import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frequent, rare, texts, word } from './words.ts';

test('no two words are the same', () => {
  const words = Array.from({ length: 20_000 }, (_, rank) => word(rank));
  assert.equal(new Set(words).size, words.length);
});

test('frequent words are in many texts, rare ones in few, and the same seed gives the same texts', () => {
  const [next, again] = [texts(7), texts(7)];
  const said = Array.from({ length: 5000 }, next);
  assert.deepEqual(Array.from({ length: 5000 }, again), said);
  const holding = (sought: string) => said.filter((text) => text.split(' ').includes(sought)).length;
  for (let i = 0; i < 10; i++) assert.ok(holding(frequent(i)) > 300, frequent(i));
  for (let i = 0; i < 10; i++) assert.ok(holding(rare(i)) < 10, rare(i));
});
