import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from '../model/app.ts';
import { arrivedAfter } from './arrivals.ts';

function line(key: string, own = false): Item {
  const rest = { at: 0, from: 'ana', conversation: 'lobby', text: key } as const;
  return { type: 'message', key, own, state: 'sent', mention: false, head: true, ...rest };
}

test('what others said after the last line known, oldest first', () => {
  const items = [line('a'), line('b'), line('c', true), line('d')];
  assert.deepEqual(
    arrivedAfter(items, 'a').map(({ key }) => key),
    ['b', 'd'],
  );
  assert.deepEqual(arrivedAfter(items, 'd'), []);
});

test('in another part of the talk nothing has come', () => {
  assert.deepEqual(arrivedAfter([line('x'), line('y')], 'a'), []);
});
