import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drift } from './drift.ts';

const points = (value: (at: number) => number) =>
  Array.from({ length: 31 }, (_, at) => ({ at, value: value(at) }));

test('what stays as it is does not drift, however it goes up and down, and whatever it did in its first third', () => {
  assert.equal(drift(points(() => 50)), 0);
  assert.ok(Math.abs(drift(points((at) => 100 + (at % 2)))) < 0.01);
  assert.equal(drift(points((at) => (at < 10 ? at * 5 : 50))), 0);
});

test('what grows by a fifth of its mean over the last two thirds drifts by 0.2, and what shrinks by −0.2', () => {
  assert.ok(Math.abs(drift(points((at) => 100 + at - 20)) - 0.2) < 1e-9);
  assert.ok(Math.abs(drift(points((at) => 100 - at + 20)) + 0.2) < 1e-9);
});

test('of two points nothing can be said', () => {
  assert.ok(
    Number.isNaN(
      drift([
        { at: 0, value: 1 },
        { at: 1, value: 2 },
      ]),
    ),
  );
});
