import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from './commands.ts';
import { complete } from './completing.ts';

const KNOWN = { names: ['Ana', 'antoine', 'bo', 'Élodie', '小明'], rooms: ['dev', 'design'] };

const FITS: Readonly<Record<string, readonly string[] | undefined>> = {
  an: ['Ana: ', 'antoine: '],
  ANA: ['Ana: '],
  'see an': ['Ana ', 'antoine '],
  '@b': ['@bo '],
  é: ['Élodie: '],
  小: ['小明: '],
  '/se': ['/search '],
  '/msg b': ['bo '],
  '/w ': undefined,
  '/join d': ['dev', 'design'],
  '/join ': ['dev', 'design'],
  '/leave des': ['design'],
  '': undefined,
  'hello ': undefined,
  zoe: undefined,
};
for (const [before, choices] of Object.entries(FITS)) {
  test(`${JSON.stringify(before)}: ${choices ?? 'nothing'}`, () => {
    const found = complete(before, KNOWN);
    assert.deepEqual(found?.choices, choices);
    if (found) assert.equal(found.start, before.lastIndexOf(' ') + 1);
  });
}

test('a slash alone goes through all commands', () => {
  assert.equal(complete('/', KNOWN)?.choices.length, COMMANDS.size);
});
