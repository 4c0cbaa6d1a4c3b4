import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { clusterAfter, clusterBefore, clusterEnd, clustersOf, cutTo } from './clusters.ts';

const FAMILY = '👨‍👩‍👧';
const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'é',
    'e\u0301',
    ' ',
    '\t',
    '你',
    'ﷺ',
    'م',
    FAMILY,
    '👍🏽',
    '🇫🇷',
    '\u200d',
    '\u0301',
    'क्षि',
    '한',
  ),
});

test('clusters are what a reader takes for one character', () => {
  const found = clustersOf(`e\u0301${FAMILY}你\t`).map(({ at, width }) => [at, width]);
  assert.deepEqual(found, [
    [0, 1],
    [2, 2],
    [10, 2],
    [11, 4],
  ]);
});

test('together they are the text, and as wide as all of it', () => {
  fc.assert(
    fc.property(text, (text) => {
      const clusters = clustersOf(text);
      assert.equal(clusters.map(({ text }) => text).join(''), text);
      const width = clusters.reduce((sum, { width }) => sum + width, 0);
      assert.equal(width, stringWidth(text.replaceAll('\t', '    ')));
    }),
  );
});

test('before and after lead from the end of one to that of the next, there and back', () => {
  fc.assert(
    fc.property(text, (text) => {
      const ends = [...clustersOf(text).map(({ at }) => at), text.length];
      for (const [i, end] of ends.entries()) {
        assert.equal(clusterAfter(text, end), ends[i + 1] ?? text.length);
        assert.equal(clusterBefore(text, end), ends[i - 1] ?? 0);
        assert.equal(clusterEnd(text, end), end);
      }
      for (let i = 0; i <= text.length; i++)
        assert.equal(
          clusterEnd(text, i),
          ends.find((end) => end >= i),
        );
    }),
  );
});

test('what is cut off fits, and says that it was cut off', () => {
  fc.assert(
    fc.property(text, fc.nat(20), (text, columns) => {
      const cut = cutTo(text, columns);
      assert.ok(stringWidth(cut) <= Math.max(columns, 0) || stringWidth(text) <= columns);
      assert.equal(cut === text, stringWidth(text) <= columns);
    }),
  );
  assert.equal(cutTo('你好世界', 6), '你好…');
});
