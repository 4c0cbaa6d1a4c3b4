import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, percentile } from './percentiles.ts';

test('a percentile is the value at the nearest rank', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  assert.deepEqual(
    [0, 0.5, 0.9, 0.99, 1].map((share) => percentile(hundred, share)),
    [1, 50, 90, 99, 100],
  );
  assert.equal(percentile([7], 0.99), 7);
  assert.ok(Number.isNaN(percentile([], 0.5)));
});

test('a median is the middle, or between the two in the middle, in whatever order values come', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([5]), 5);
  assert.ok(Number.isNaN(median([])));
});
