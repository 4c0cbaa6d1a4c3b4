import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineSplitter, TOO_LONG } from './splitter.ts';

const LIMIT = 40;

type Split = (string | typeof TOO_LONG)[];

/** What the lines are by definition: split at LF, without a CR at the end. */
function byDefinition(bytes: Buffer): Split {
  const pieces = bytes.toString('latin1').split('\n');
  return pieces.slice(0, -1).map((piece) => {
    const line = piece.endsWith('\r') ? piece.slice(0, -1) : piece;
    return line.length > LIMIT ? TOO_LONG : line;
  });
}

function take(splitter: LineSplitter, lines: Split): void {
  for (let line = splitter.next(); line !== undefined; line = splitter.next()) {
    lines.push(line === TOO_LONG ? line : Buffer.from(line).toString('latin1'));
  }
}

function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return [...chunks, bytes.subarray(at)];
}

// Bytes in which line ends are frequent and long lines are not rare.
const byte = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(10, 13) },
  { weight: 40, arbitrary: fc.nat(255) },
);
const bytes = fc.array(byte, { maxLength: 400, size: 'max' }).map((array) => Buffer.from(array));
const lengths = fc.array(fc.nat(60), { maxLength: 40 });

test('any chunking of any bytes gives the same lines', () => {
  fc.assert(
    fc.property(bytes, lengths, (all, lengths) => {
      const splitter = new LineSplitter(LIMIT);
      const lines: Split = [];
      for (const chunk of cut(all, lengths)) {
        splitter.push(chunk);
        take(splitter, lines);
      }
      assert.deepEqual(lines, byDefinition(all));
    }),
    { numRuns: 3000 },
  );
});

test('chunks that are pushed before the last was read to its end lose nothing', () => {
  fc.assert(
    fc.property(
      bytes,
      lengths,
      fc.array(fc.boolean(), { minLength: 41, maxLength: 41 }),
      (all, lengths, reads) => {
        const splitter = new LineSplitter(LIMIT);
        const lines: Split = [];
        cut(all, lengths).forEach((chunk, i) => {
          splitter.push(chunk);
          if (reads[i]) take(splitter, lines);
        });
        take(splitter, lines);
        assert.deepEqual(lines, byDefinition(all));
      },
    ),
  );
});

test('a line is given without copying where it came in one chunk', () => {
  const splitter = new LineSplitter(LIMIT);
  const chunk = Buffer.from('one\ntwo\n');
  splitter.push(chunk);
  const line = splitter.next();
  assert.ok(line instanceof Uint8Array && line.buffer === chunk.buffer);
});

test('half a line does not keep its chunk, nor more than the limit', () => {
  const splitter = new LineSplitter(LIMIT);
  const chunk = Buffer.alloc(10_000, 'a');
  for (let i = 0; i < 100; i++) {
    splitter.push(chunk);
    assert.equal(splitter.next(), undefined);
  }
  assert.ok(splitter.discarding);
  splitter.push(Buffer.from('b\nc\n'));
  assert.equal(splitter.next(), TOO_LONG);
  assert.ok(!splitter.discarding);
  assert.deepEqual(splitter.next(), Buffer.from('c'));
});

test('the limit does not count the CR of a CR LF, in one chunk or two', () => {
  const line = 'x'.repeat(LIMIT);
  for (const chunks of [[`${line}\r\n`], [line, '\r\n'], [`${line}\r`, '\n']]) {
    const splitter = new LineSplitter(LIMIT);
    const lines: Split = [];
    for (const chunk of chunks) {
      splitter.push(Buffer.from(chunk));
      take(splitter, lines);
    }
    assert.deepEqual(lines, [line]);
  }
});
