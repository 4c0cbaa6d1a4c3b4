import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrowdMemory } from './memory.ts';

test('memory is given back once more than half of a crowd has gone, and not again until there is another', () => {
  let times = 0;
  const memory = new CrowdMemory(() => times++);
  memory.look({ now: 2000, most: 2000 });
  memory.look({ now: 1100, most: 2000 });
  assert.equal(times, 0);
  memory.look({ now: 900, most: 1100 });
  memory.look({ now: 10, most: 900 });
  memory.look({ now: 0, most: 10 });
  assert.equal(times, 1);
  // It came and went between two looks.
  memory.look({ now: 5, most: 1500 });
  assert.equal(times, 1, 'not again at once');
  for (let i = 0; i < 20; i++) memory.look({ now: 5, most: 5 });
  assert.equal(times, 2);
});

test('a few who go leave nothing behind', () => {
  const memory = new CrowdMemory(() => assert.fail());
  memory.look({ now: 0, most: 999 });
});

test('the collector is in reach', () => {
  const memory = new CrowdMemory();
  const before = process.memoryUsage().heapUsed;
  let garbage: unknown = Array.from({ length: 1_000_000 }, (_, i) => ({ i }));
  assert.ok(process.memoryUsage().heapUsed > before + 20e6 && garbage);
  garbage = undefined;
  memory.look({ now: 0, most: 1000 });
  assert.ok(process.memoryUsage().heapUsed < before + 10e6);
});
