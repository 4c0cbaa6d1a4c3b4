import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from '../model/app.ts';
import { firstFresh } from './fresh.ts';

function line(id: number | undefined, own = false): Item {
  const text = 'hi';
  return {
    type: 'message',
    key: `${id}`,
    id,
    at: 0,
    from: 'ana',
    own,
    conversation: 'lobby',
    text,
    state: 'sent',
    mention: false,
    head: true,
  };
}

const day: Item = { type: 'day', key: 'day', at: 0 };

test('the first line after the mark is new, whatever stands between', () => {
  assert.deepEqual(firstFresh([line(1), line(2), day, line(3), line(4)], 2, true), {
    index: 3,
    above: false,
  });
});

test('nothing is new without a mark, after the newest, or if one said it oneself', () => {
  assert.deepEqual(firstFresh([line(1)], undefined, true), { above: false });
  assert.deepEqual(firstFresh([line(1)], 1, true), { index: undefined, above: false });
  assert.deepEqual(firstFresh([line(1), line(2, true), line(undefined, true)], 1, true), {
    index: undefined,
    above: false,
  });
});

test('if all that is held is new, the first is above it, or is the very first', () => {
  assert.deepEqual(firstFresh([line(5), line(6)], 2, false), { above: true });
  assert.deepEqual(firstFresh([line(5), line(6)], 2, true), { index: 0, above: false });
});
