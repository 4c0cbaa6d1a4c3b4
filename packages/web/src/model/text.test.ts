import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readyText } from './text.ts';

test('a text is made ready: one kind of line end, no blank lines around it, its indentation kept', () => {
  assert.deepEqual(readyText('hi'), { text: 'hi' });
  assert.deepEqual(readyText('\r\n \n\tone \r\n\r\n  two\u2028three\n\n'), { text: '\tone\n\n  two\nthree' });
});

test('2.4, 2.6, 2.7 what the server would refuse is told before it is said', () => {
  const what = (text: string, to?: string): unknown => {
    const ready = readyText(text, to);
    return 'problem' in ready ? ready.problem.what : undefined;
  };
  assert.equal(what(' \n\t'), 'empty');
  assert.equal(what('\u001b[2J'), 'control-characters');
  assert.equal(what('x'.repeat(4092)), undefined);
  assert.equal(what('x'.repeat(4093)), 'too-long');
  assert.equal(what('é'.repeat(2046)), undefined);
  assert.equal(what('é'.repeat(2047)), 'too-long');
  assert.equal(what('x'.repeat(4089), 'bo'), undefined);
  assert.equal(what('x'.repeat(4090), 'bo'), 'too-long');
  assert.equal(what('x\n'.repeat(100)), undefined);
  assert.equal(what('x\n'.repeat(101)), 'too-long');
});
