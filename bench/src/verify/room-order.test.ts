import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  conversations,
  feed,
  lineOf,
  messageShape,
  NAMES,
  pieceSizes,
  piecesOf,
  type Said,
  SIZE,
  streamOf,
} from '../testing/streams.ts';
import { MessageLine } from './message-line.ts';
import { outOfTurn } from './own-order.ts';
import { type Place, RoomOrder } from './room-order.ts';
import { Wrong } from './wrong.ts';

/** A room that accepts each speaker's messages in their order. */
function room(): RoomOrder {
  const shape = messageShape();
  const line = new MessageLine(shape, NAMES, SIZE);
  const due = NAMES.map(() => 0);
  return new RoomOrder(shape, (bytes, at) => {
    line.read(bytes, at);
    const next = due[line.speaker] ?? 0;
    if (line.seq !== next) throw new Wrong(outOfTurn(line.speaker, line.seq, next));
    due[line.speaker] = next + 1;
  });
}

const noAside = (bytes: Buffer, at: number, end: number): void =>
  assert.fail(`no line aside was sent, but ${bytes.toString('latin1', at, end)} taken for one`);

/** Gives one member all of a stream, in pieces. */
function give(
  order: RoomOrder,
  place: Place,
  stream: Buffer,
  sizes: readonly number[] = [stream.length],
): Buffer {
  return feed(piecesOf(stream, sizes), (bytes, at, end) => order.take(place, bytes, at, end, noAside));
}

test('members who get the same stream, in whatever pieces and turns, are right', () => {
  fc.assert(
    fc.property(conversations, fc.array(pieceSizes, { minLength: 1, maxLength: 4 }), (messages, members) => {
      const order = room();
      const stream = streamOf(messages);
      const all = members.map((sizes) => ({
        place: { position: 0 },
        pieces: piecesOf(stream, sizes),
        rest: Buffer.alloc(0) as Buffer,
      }));
      while (all.some(({ pieces }) => pieces.length > 0)) {
        for (const member of all) {
          const piece = member.pieces.shift();
          if (!piece) continue;
          member.rest = feed([Buffer.concat([member.rest, piece])], (bytes, at, end) =>
            order.take(member.place, bytes, at, end, noAside),
          );
        }
      }
      for (const { place, rest } of all) {
        assert.equal(place.position, stream.length);
        assert.equal(rest.length, 0);
      }
      assert.equal(order.lines, messages.length);
    }),
  );
});

test('lines aside, anywhere between messages and in any pieces, are taken out', () => {
  fc.assert(
    fc.property(
      conversations,
      fc.array(fc.nat(40)),
      pieceSizes,
      pieceSizes,
      (messages, places, first, second) => {
        const order = room();
        const lines = messages.map(lineOf);
        for (const place of places) lines.splice(place % (lines.length + 1), 0, 'MODE?\n');
        for (const sizes of [first, second]) {
          const place = { position: 0 };
          let asides = 0;
          const rest = feed(piecesOf(Buffer.from(lines.join('')), sizes), (bytes, at, end) =>
            order.take(place, bytes, at, end, (b, from, to) => {
              assert.equal(b.toString('latin1', from, to), 'MODE?\n');
              asides++;
            }),
          );
          assert.equal(rest.length, 0);
          assert.equal(asides, places.length);
          assert.equal(place.position, streamOf(messages).length);
        }
      },
    ),
  );
});

/** A stream with one fault in it: the i-th message lost, doubled, or changed places with the one after it. */
const faults: Record<string, (messages: readonly Said[], i: number) => Said[]> = {
  lost: (messages, i) => messages.filter((_, at) => at !== i),
  doubled: (messages, i) => messages.flatMap((message, at) => (at === i ? [message, message] : [message])),
  'out of order': (messages, i) => {
    const [a, b] = [messages[i], messages[i + 1]];
    return messages.map((message, at) =>
      at === i ? (b ?? message) : at === i + 1 ? (a ?? message) : message,
    );
  },
};

for (const [kind, spoil] of Object.entries(faults)) {
  test(`a message ${kind} is found where others had it right, whoever comes first`, () => {
    fc.assert(
      fc.property(conversations, fc.nat(), pieceSizes, fc.boolean(), (messages, any, sizes, rightFirst) => {
        const i = any % (messages.length - 1);
        const right = streamOf(messages);
        const spoilt = streamOf(spoil(messages, i));
        const order = room();
        assert.throws(() => {
          give(order, { position: 0 }, rightFirst ? right : spoilt, sizes);
          give(order, { position: 0 }, rightFirst ? spoilt : right, sizes);
        }, Wrong);
      }),
    );
  });
}

test('a message lost by everybody is found', () => {
  const stream = streamOf([0, 1, 3].map((seq) => ({ speaker: 2, seq })));
  assert.throws(
    () => give(room(), { position: 0 }, stream),
    /message 3 of speaker 2 came where its message 2 was due/,
  );
});

test('one changed byte is found, whoever has it', () => {
  fc.assert(
    fc.property(conversations, fc.nat(), fc.boolean(), pieceSizes, (messages, any, changedFirst, sizes) => {
      const right = streamOf(messages);
      const changed = Buffer.from(right);
      const at = any % right.length;
      changed[at] = changed[at] === 35 ? 36 : 35;
      const order = room();
      assert.throws(() => {
        for (const stream of changedFirst ? [changed, right] : [right, changed]) {
          const place = { position: 0 };
          give(order, place, stream, sizes);
          if (place.position !== right.length) throw new Wrong('did not get everything');
        }
      });
    }),
  );
});
