import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recall } from './recall.ts';

const said = ['one', 'two', 'three'];

test('Up goes back through what was said and stops at the oldest; Down comes forward to the empty box', () => {
  const recall = new Recall();
  assert.equal(recall.step(1, '', said), 'three');
  assert.equal(recall.step(1, 'three', said), 'two');
  assert.equal(recall.step(1, 'two', said), 'one');
  assert.equal(recall.step(1, 'one', said), 'one');
  assert.equal(recall.step(-1, 'one', said), 'two');
  assert.equal(recall.step(-1, 'two', said), 'three');
  assert.equal(recall.step(-1, 'three', said), '');
  assert.equal(recall.step(-1, '', said), undefined);
});

test('what is being written is never lost', () => {
  const recall = new Recall();
  assert.equal(recall.step(1, 'a draft', said), undefined);
  assert.equal(recall.step(1, '', said), 'three');
  assert.equal(recall.step(1, 'three, and more', said), undefined);
  assert.equal(recall.step(-1, 'three, and more', said), undefined);
});

test('where nothing was said there is nothing to recall', () => {
  assert.equal(new Recall().step(1, '', []), '');
});
