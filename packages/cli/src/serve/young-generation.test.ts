import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getHeapSpaceStatistics } from 'node:v8';
import { look } from './young-generation.ts';

function youngMiB(): number {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return (young?.space_size ?? Number.NaN) / 2 ** 20;
}

/** Has 40,000 objects at a time outlive a collection, which makes V8 let the young generation grow. */
function work(): void {
  let kept: object[] = [];
  for (let i = 0; i < 300_000; i++) {
    kept.push({ i, text: `x${i}` });
    if (kept.length > 40_000) kept = [];
  }
}

test('the young generation grows to 32 MiB, and no further while it is looked at', () => {
  let most = 0;
  for (let i = 0; i < 60; i++) {
    work();
    look();
    most = Math.max(most, youngMiB());
  }
  // What a look finds too large already stays as it is.
  assert.ok(most > 8 && most <= 64, `${most} MiB`);
});
