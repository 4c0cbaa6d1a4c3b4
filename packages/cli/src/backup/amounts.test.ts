import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amount, size } from './amounts.ts';

test('amounts as people read them', () => {
  assert.deepEqual(
    [amount(0, 'message'), amount(1, 'message'), amount(1_200_000, 'message')],
    ['0 messages', '1 message', '1,200,000 messages'],
  );
  assert.deepEqual([0, 999, 1_000, 49_152, 1_300_000_000].map(size), [
    ...['0 bytes', '999 bytes', '1.0 KB', '49.2 KB', '1.3 GB'],
  ]);
});
