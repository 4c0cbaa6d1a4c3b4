import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pieceSizes, piecesOf } from '../testing/streams.ts';
import { FrameReader } from './frame-reader.ts';

const FIN = 0x80;
const TEXT = 1;
const PING = 9;
const PONG = 10;
/** RFC 6455, 1.3: of the key that every request here bears. */
const ANSWER = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Sec-WebSocket-Accept: vhPstBlZrzvEo1QJ2glEey8oF9U=',
  '\r\n',
].join('\r\n');

function frame(first: number, payload: string): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = first;
  header[1] = Math.min(length, length < 65_536 ? 126 : 127);
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, Buffer.from(payload, 'latin1')]);
}

/** A message in fragments of these lengths, the last of which is whatever is left; a ping before each. */
function fragments(message: string, lengths: readonly number[]): Buffer {
  const frames: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    frames.push(frame(PING | FIN, String(at)), frame(at === 0 ? TEXT : 0, message.slice(at, at + length)));
    at += Math.min(length, message.length - at);
    if (at === message.length) break;
  }
  return Buffer.concat([...frames, frame((frames.length === 0 ? TEXT : 0) | FIN, message.slice(at))]);
}

/** Gives a connection these bytes in pieces, as a crowd does; returns the lines that came of them, and the pings. */
function read(stream: Buffer, sizes: readonly number[]): { lines: string; pings: string[] } {
  let lines = '';
  const pings: string[] = [];
  const before = 16 * 1024;
  const bytes = Buffer.alloc(before + stream.length + 1);
  const reader = new FrameReader({
    lines: (at, end) => {
      lines += bytes.toString('latin1', at, end);
    },
    ping: (payload) => pings.push(payload),
  });
  for (const piece of piecesOf(stream, sizes)) {
    piece.copy(bytes, before);
    // What is after must not be looked at.
    bytes.fill('?', before + piece.length);
    reader.take(bytes, before, before + piece.length);
  }
  return { lines, pings };
}

const answered = (...frames: Buffer[]) => Buffer.concat([Buffer.from(ANSWER), ...frames]);

test('each message is lines, whatever its fragments, with pings between them, in whatever pieces they come', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'é', '\n'), maxLength: 150 });
  const messages = fc.array(fc.tuple(texts, fc.array(fc.integer({ min: 1, max: 140 }), { maxLength: 3 })));
  fc.assert(
    fc.property(messages, pieceSizes, (said, sizes) => {
      const stream = answered(...said.map(([text, lengths]) => fragments(text, lengths)));
      assert.equal(read(stream, sizes).lines, said.map(([text]) => `${text}\n`).join(''));
    }),
  );
});

test('a message has its length in one byte, two or eight', () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536, 200_000]) {
    const stream = answered(frame(TEXT | FIN, 'x'.repeat(length)), frame(TEXT | FIN, 'y'));
    for (const sizes of [[stream.length], [4096]]) {
      assert.equal(read(stream, sizes).lines, `${'x'.repeat(length)}\ny\n`);
    }
  }
});

test('pings are told with what is in them, pongs are not', () => {
  const stream = answered(frame(PING | FIN, 'one'), frame(PONG | FIN, 'no'), frame(PING | FIN, ''));
  for (const sizes of [[stream.length], [1]]) {
    assert.deepEqual(read(stream, sizes), { lines: '', pings: ['one', ''] });
  }
});

const wrongs: Record<string, [Buffer, RegExp]> = {
  'a refusal': [Buffer.from('HTTP/1.1 403 Forbidden\r\n\r\n'), /was not upgraded: "HTTP\/1.1 403 Forbidden/],
  'an answer to another request': [
    Buffer.from(ANSWER.replace('vhPs', 'AAAA')),
    /was not upgraded: "HTTP\/1.1 101/,
  ],
  'an answer without end': [Buffer.alloc(20_000, 'a'), /an answer to its upgrade without end/],
  'a close': [answered(frame(8 | FIN, '\x03\xe9gone')), /the server closed: ".*gone"/],
  'a compressed message': [answered(frame(TEXT | FIN | 0x40, 'x')), /a frame that no server may send here/],
  'a binary message': [answered(frame(2 | FIN, 'x')), /a frame that no server may send here/],
  'a masked message': [answered(Buffer.from([TEXT | FIN, 0x81, 0, 0, 0, 0, 120])), /a frame that no server/],
  'a fragment of nothing': [answered(frame(FIN, 'x')), /a frame that no server may send here/],
  'a message in another': [answered(frame(TEXT, 'x'), frame(TEXT | FIN, 'y')), /a frame that no server/],
};

for (const [what, [stream, says]] of Object.entries(wrongs)) {
  test(`${what} is found`, () => {
    for (const sizes of [[stream.length], [1]]) assert.throws(() => read(stream, sizes), says);
  });
}
