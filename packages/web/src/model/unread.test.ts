import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Unread } from './unread.ts';

const step = fc.oneof(
  fc.record({
    do: fc.constant('note' as const),
    line: fc.integer({ min: 1, max: 60 }),
    mention: fc.boolean(),
    counts: fc.boolean(),
  }),
  fc.record({ do: fc.constant('read' as const), line: fc.integer({ min: 1, max: 60 }) }),
);

test('however often and from wherever a line is learnt of, it is unread once, until it or a later one is read', () => {
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 0, max: 30 }), (steps, start) => {
      const unread = new Unread(start);
      const lines = new Set<number>();
      const mentions = new Set<number>();
      let read = start;
      for (const one of steps) {
        if (one.do === 'note') {
          unread.note(one.line, one.counts, one.mention);
          if (one.counts) lines.add(one.line);
          if (one.mention) mentions.add(one.line);
        } else {
          unread.readTo(one.line);
          read = Math.max(read, one.line);
        }
        const after = (all: Set<number>): number => [...all].filter((line) => line > read).length;
        // What was noted once it was read counts no more.
        for (const all of [lines, mentions]) for (const line of all) if (line <= read) all.delete(line);
        assert.equal(unread.read, read);
        assert.equal(unread.count.value, after(lines));
        assert.equal(unread.mentioned.value, after(mentions));
      }
    }),
  );
});

test('before anything is known of a conversation, the first line that comes is the first unread one', () => {
  const unread = new Unread(undefined);
  unread.note(812, true, false);
  assert.equal(unread.read, 811);
  unread.begin(900);
  assert.equal(unread.read, 811, 'it began before');
  assert.equal(unread.count.value, 1);
});

test('a server that counts anew begins anew here', () => {
  const unread = new Unread(500);
  unread.note(501, true, true);
  unread.recount(3);
  assert.deepEqual([unread.read, unread.count.value, unread.mentioned.value], [2, 0, 0]);
  unread.note(3, true, false);
  assert.equal(unread.count.value, 1);
});

test('more than a thousand unread lines are counted as a thousand', () => {
  const unread = new Unread(0);
  for (let line = 1; line <= 3000; line++) unread.note(line, true, false);
  assert.equal(unread.count.value, 1000);
  unread.readTo(3000);
  assert.equal(unread.count.value, 0);
});
