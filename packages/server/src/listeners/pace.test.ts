import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';

test('4.2 five seconds worth of lines at once, and then no more than the rate', () => {
  const slow = new Pace(0.001); // one line in 1,000 s: the test is over before there is a second
  assert.equal(slow.wait(), 0);
  slow.spend(1);
  assert.ok(slow.wait() > 900_000);
  const fast = new Pace(20);
  let heard = 0;
  while (fast.wait() === 0 && heard < 1000) {
    fast.spend(1);
    heard++;
  }
  assert.ok(heard >= 100 && heard < 200, `${heard} at once`);
  assert.ok(fast.wait() <= 50);
});

test('4.2 no rate, no wait', () => {
  const pace = new Pace(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 1000; i++) {
    assert.equal(pace.wait(), 0);
    pace.spend(1);
  }
});
