import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Slowest } from './slowest.ts';

test('is as far as the slowest of those waited for, and says when that changes', () => {
  const moves = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 })));
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), moves, (who, moves) => {
      const slowest = new Slowest(who);
      const at = who.map((counts) => (counts ? 0 : Number.POSITIVE_INFINITY));
      for (const [i, by] of moves) {
        const before = Math.min(...at);
        at[i] = (at[i] ?? 0) + by;
        const changed = slowest.move(i, at[i] ?? 0);
        assert.equal(slowest.value, Math.min(...at));
        assert.equal(changed, Math.min(...at) !== before);
      }
    }),
  );
});
