import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpeakerLines, textOf } from './message-line.ts';

test('a speaker’s lines are numbered from where it is, and as long as asked', () => {
  const lines = new SpeakerLines('PUB room 32\r\n', '\r\n', 7, 32).write(9, 3).toString();
  assert.equal(lines, [9, 10, 11].map((seq) => `PUB room 32\r\n${textOf(7, seq, 32)}\r\n`).join(''));
  assert.match(textOf(7, 9, 32), /^0007 0000000009 [a-z]{16}$/);
});
