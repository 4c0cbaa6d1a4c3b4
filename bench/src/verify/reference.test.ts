import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Reference } from './reference.ts';

test('what is needed is held, however much was said and forgotten', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(60))), (steps) => {
      const reference = new Reference(16);
      let all = Buffer.alloc(0);
      let needed = 0;
      for (const [said, forget] of steps) {
        const bytes = Buffer.from(said);
        reference.append(bytes, 0, bytes.length);
        all = Buffer.concat([all, bytes]);
        assert.equal(reference.end, all.length);
        assert.ok(reference.matches(needed, all, needed, all.length - needed));
        needed = Math.min(all.length, needed + forget);
        reference.forget(needed);
      }
    }),
  );
});
