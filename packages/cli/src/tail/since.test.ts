import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from 'commander';
import { toSince } from './since.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

test('an id, a while ago, a date, a time', () => {
  assert.deepEqual(toSince('0', NOW), { after: 0 });
  assert.deepEqual(toSince('812', NOW), { after: 812 });
  assert.deepEqual(toSince('90s', NOW), { at: NOW - 90_000 });
  assert.deepEqual(toSince('10m', NOW), { at: NOW - 600_000 });
  assert.deepEqual(toSince('2h', NOW), { at: NOW - 7_200_000 });
  assert.deepEqual(toSince('7d', NOW), { at: NOW - 7 * 86_400_000 });
  assert.deepEqual(toSince('2026-11-22T18:30Z', NOW), { at: Date.UTC(2026, 10, 22, 18, 30) });
  assert.deepEqual(toSince('2026-11-22', NOW), { at: new Date(2026, 10, 22).getTime() });
  assert.deepEqual(toSince('2026-11-22T18:30', NOW), { at: new Date(2026, 10, 22, 18, 30).getTime() });
});

for (const text of ['', 'yesterday', '10', '1.5h', '2026-13-01', '-5', '10 m', '2026'].filter(
  (text) => !/^\d+$/.test(text),
)) {
  test(`${JSON.stringify(text)} is none of these`, () =>
    assert.throws(() => toSince(text, NOW), InvalidArgumentError));
}
