import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type InputLine, inputLines, textLines } from './input.ts';

async function linesOf(...chunks: readonly (string | Uint8Array)[]): Promise<InputLine[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
  const all: InputLine[] = [];
  for await (const batch of inputLines(stream())) all.push(...batch);
  return all;
}

const say = (number: number, text: string, cont = false): InputLine => ({ number, text, cont });

test('lines, with and without an end, with LF and CR LF; empty ones are left out and counted', async () => {
  assert.deepEqual(await linesOf('a\n\nb\r\n\r\nc'), [say(1, 'a'), say(3, 'b'), say(5, 'c')]);
  assert.deepEqual(await linesOf('a\n'), [say(1, 'a')]);
  assert.deepEqual(await linesOf(), []);
  assert.deepEqual(await linesOf('\n\n'), []);
});

test('what can not be said says why', async () => {
  assert.deepEqual(await linesOf('a\n', Uint8Array.of(0xff, 0xfe), '\nb\n', 'x'.repeat(4097), '\nc'), [
    say(1, 'a'),
    { number: 2, problem: 'text' },
    say(3, 'b'),
    { number: 4, problem: 'long' },
    say(5, 'c'),
  ]);
});

test('however the bytes were cut up', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '你', '👍', '\n', '\r\n') });
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 5 }), async (text, cuts) => {
      const bytes = Buffer.from(text);
      const at = [0, ...cuts.map((n) => n % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
      assert.deepEqual(await linesOf(...chunks), await linesOf(text));
    }),
  );
});

test('a text of several lines goes on from line to line', () => {
  assert.deepEqual(textLines('a\n\nb\r\nc'), [say(1, 'a'), say(3, 'b', true), say(4, 'c', true)]);
  assert.deepEqual(textLines('\na'), [say(2, 'a')]);
});
