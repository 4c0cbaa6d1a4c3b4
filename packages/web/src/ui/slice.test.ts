import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sliceAround } from './slice.ts';

const around = fc.record({
  at: fc.nat(100_000),
  count: fc.integer({ min: 1, max: 100_000 }),
  viewPx: fc.integer({ min: 0, max: 4000 }),
  step: fc.integer({ min: -50, max: 50 }),
});

test('whatever is held, at most 240 items are in the document, and what is in sight is among them', () => {
  fc.assert(
    fc.property(around, ({ at: wanted, count, viewPx, step }) => {
      let slice: { first: number; last: number } | undefined;
      for (const move of [0, step, 2 * step]) {
        const at = Math.max(0, Math.min(count - 1, wanted + move));
        slice = sliceAround(at, count, viewPx, slice);
        assert.ok(slice.first >= 0 && slice.last <= count && slice.last - slice.first <= 240);
        assert.ok(slice.first <= at && slice.last >= Math.min(count, at + Math.ceil(viewPx / 20)));
      }
    }),
  );
});

test('a short way does not make a new slice, a longer one does', () => {
  const before = sliceAround(500, 1000, 800);
  assert.equal(sliceAround(495, 1000, 800, before), before);
  assert.equal(sliceAround(505, 1000, 800, before), before);
  assert.notEqual(sliceAround(475, 1000, 800, before), before);
  assert.notEqual(sliceAround(540, 1000, 800, before), before);
});

test('few items are all there', () => {
  assert.deepEqual(sliceAround(0, 3, 800), { first: 0, last: 3 });
});
