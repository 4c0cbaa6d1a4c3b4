import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OneOrder } from './one-order.ts';

/** Two speakers; the first member has had a0, b0, a1. */
function begun(): OneOrder {
  const order = new OneOrder(2);
  const first = { position: 0 };
  order.take(first, 0, 0);
  order.take(first, 1, 0);
  order.take(first, 0, 1);
  assert.equal(order.length, 3);
  return order;
}

test('who gets the same messages in the same order gets them right, from the beginning or from anywhere', () => {
  const order = begun();
  const second = { position: 0 };
  for (const [speaker, seq] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const)
    order.take(second, speaker, seq);
  const late = { position: -1 };
  order.take(late, 0, 1);
  order.take(late, 1, 1);
  assert.deepEqual([second.position, late.position, order.length], [4, 4, 4]);
});

test('who has had nothing cannot say where a new message stands: others may have had some before it', () => {
  const order = begun();
  const late = { position: -1 };
  assert.equal(order.take(late, 0, 3), false);
  const first = { position: 3 };
  for (const seq of [2, 3]) assert.equal(order.take(first, 0, seq), true);
  assert.equal(order.take(late, 0, 3), true);
  assert.deepEqual([late.position, order.length], [5, 5]);
});

test('a message lost, doubled, out of order or of nobody is found', () => {
  const at = (position: number) => ({ position });
  assert.throws(() => begun().take(at(0), 1, 0), /too early: one was lost/);
  assert.throws(() => begun().take(at(1), 0, 0), /twice, or too late/);
  assert.throws(() => begun().take(at(2), 1, 1), /too early/);
  assert.throws(() => begun().take(at(3), 0, 3), /where its message 2 was due/);
  assert.throws(() => begun().take(at(3), 2, 0), /who is nobody/);
});
