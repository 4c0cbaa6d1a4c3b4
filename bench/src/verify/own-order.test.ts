import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  conversations,
  feed,
  messageShape,
  NAMES,
  pieceSizes,
  piecesOf,
  SIZE,
  streamOf,
} from '../testing/streams.ts';
import { MessageLine } from './message-line.ts';
import { OwnOrder } from './own-order.ts';

function member(own = -1): OwnOrder {
  return new OwnOrder(new MessageLine(messageShape(), NAMES, SIZE), NAMES.length, own);
}

function give(order: OwnOrder, stream: Buffer, sizes: readonly number[] = [stream.length]): number {
  let seen = 0;
  feed(piecesOf(stream, sizes), (bytes, at, end) =>
    order.take(
      bytes,
      at,
      end,
      () => {},
      () => {
        seen++;
      },
    ),
  );
  return seen;
}

test('everybody’s messages in their speakers’ order are right, in whatever pieces', () => {
  fc.assert(
    fc.property(conversations, pieceSizes, (messages, sizes) => {
      assert.equal(give(member(), streamOf(messages), sizes), messages.length);
    }),
  );
});

test('a message lost is found', () => {
  const stream = streamOf([
    { speaker: 1, seq: 0 },
    { speaker: 1, seq: 2 },
  ]);
  assert.throws(
    () => give(member(), stream),
    /too early.*message 2 of speaker 1 came where its message 1 was due/,
  );
});

test('a message twice is found', () => {
  const stream = streamOf([
    { speaker: 1, seq: 0 },
    { speaker: 0, seq: 0 },
    { speaker: 1, seq: 0 },
  ]);
  assert.throws(
    () => give(member(), stream),
    /twice.*message 0 of speaker 1 came where its message 1 was due/,
  );
});

test('one’s own message is found', () => {
  assert.throws(() => give(member(2), streamOf([{ speaker: 2, seq: 0 }])), /own message/);
});

test('a message under another’s name is found', () => {
  const stream = Buffer.from(
    streamOf([{ speaker: 1, seq: 0 }])
      .toString()
      .replace('m00001', 'm00002'),
  );
  assert.throws(() => give(member(), stream), /no message that was said/);
});
