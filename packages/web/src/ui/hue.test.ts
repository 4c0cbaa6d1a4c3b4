import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hueOf } from './hue.ts';

test('2.2 a name has one colour, however it is written', () => {
  assert.equal(hueOf('Ana'), hueOf('ana'));
  assert.equal(hueOf('e\u0301lise'), hueOf('Élise'));
});

test('every colour that is dealt out is in the style, and none else', () => {
  const names = Array.from({ length: 2000 }, (_, i) => `n${i}`);
  const style = readFileSync(new URL('../style/names.css', import.meta.url), 'utf8');
  const drawn = [...style.matchAll(/\.(hue-\d+)/g)].map(([, hue]) => hue);
  assert.deepEqual(new Set(names.map(hueOf)), new Set(drawn));
});
