import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show, Transcript } from './transcript.ts';

test('a line is shown so that it can drive no terminal', () => {
  assert.equal(show('MSG ana héhé 🌳'), 'MSG ana héhé 🌳');
  assert.equal(
    show('\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{2028}\0'),
    '\\u{1b}[2J\\u{7f}\\u{9b}\\u{202e}\\u{2028}\\u{0}',
  );
  assert.equal(show('one\ntwo\r\tthree'), 'one\\ntwo\\r\\tthree');
  assert.equal(show(Buffer.of(0x61, 0xe9, 0x1b)), 'a\\xe9\\u{1b}');
});

test('a long line is cut, and its size in bytes given', () => {
  assert.equal(show('é'.repeat(50_000)), `${'é'.repeat(120)}… (100000 bytes)`);
});

test('of a flood only the beginning is kept', () => {
  const transcript = new Transcript();
  for (let i = 0; i < 1_000; i++) transcript.add('A', 'gets', `${i}`);
  const entries = transcript.toArray();
  assert.equal(entries.length, 121);
  assert.deepEqual(entries.at(-1), { peer: '', way: 'does', text: '… and 880 lines more' });
});
