import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { FlushClock } from './clock.ts';

test('a flush that took t is not followed by another before t has passed', async () => {
  for (const t of [0.2, 1, 5, 20]) {
    const flushes: { begun: number; ended: number }[] = [];
    await new Promise<void>((resolve) => {
      const clock = new FlushClock(() => {
        const begun = performance.now();
        while (performance.now() - begun < t);
        flushes.push({ begun, ended: performance.now() });
        if (flushes.length === 5) resolve();
        else clock.request();
      });
      clock.request();
    });
    flushes.slice(1).forEach(({ begun }, i) => {
      const before = flushes[i] ?? assert.fail();
      assert.ok(
        begun - before.ended >= before.ended - before.begun,
        `after ${before.ended - before.begun} ms`,
      );
    });
  }
});

test('what is asked for in a turn of the event loop is flushed at its end, once', async () => {
  let flushed = 0;
  const clock = new FlushClock(() => flushed++);
  clock.request();
  clock.request();
  assert.equal(flushed, 0);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(flushed, 1);
});

test('what is asked for just before a flush goes with it', async () => {
  let flushes = 0;
  const clock: FlushClock = new FlushClock(
    () => flushes++,
    undefined,
    () => clock.request(),
  );
  clock.request();
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(flushes, 1);
});

test('after a silence a line is flushed as soon as it has been heard; while much is said it waits', async () => {
  let flushed = 0;
  const clock = new FlushClock(() => {
    const begun = performance.now();
    while (performance.now() - begun < 20);
    flushed++;
  });
  clock.heard();
  assert.equal(flushed, 0, 'nothing was asked for');
  clock.request();
  clock.heard();
  assert.equal(flushed, 1);
  clock.request();
  clock.heard();
  assert.equal(flushed, 1, '20 ms have not passed since');
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(flushed, 2);
});
