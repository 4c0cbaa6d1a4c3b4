import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReceiptsDue } from './receipts-due.ts';

const line = Buffer.from('@id=7 MSG m00001 hi\n');

test('receipts come once each, in order, and for what was said', () => {
  const due = new ReceiptsDue(2);
  due.receipt(0, 0, 2);
  assert.throws(() => due.receipt(0, 0, 2), /ref 0 where that for 1 was due/);
  due.receipt(0, 1, 2);
  assert.throws(() => due.receipt(0, 2, 2), /ref 2, not said yet/);
  assert.throws(() => due.receipt(1, 1, 2), /ref 1 where that for 0 was due/);
  assert.deepEqual([...due.receipted], [2, 0]);
});

test('ids grow for each listener by itself', () => {
  const due = new ReceiptsDue(2);
  due.id(0, 7, line, 0, line.length);
  due.id(1, 7, line, 0, line.length);
  assert.throws(() => due.id(0, 7, line, 0, line.length), /"@id=7 MSG .* after a line with the id 7/);
  assert.throws(() => due.id(0, Number.NaN, line, 0, line.length), /after a line with the id 7/);
});

test('what others say is heard once, in their order', () => {
  const due = new ReceiptsDue(2);
  due.heard(0, 1, 0);
  assert.throws(() => due.heard(0, 1, 0), /a message twice, or too late/);
  assert.throws(() => due.heard(0, 1, 2), /a message too early/);
  assert.throws(() => due.heard(1, 1, 0), /its own message 0 without its ref/);
});
