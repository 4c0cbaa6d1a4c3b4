import fc from 'fast-check';
import { LineShape } from '../verify/line-shape.ts';
import { textOf } from '../verify/message-line.ts';

/** Bytes of a text in these tests. */
export const SIZE = 24;
export const NAMES = ['m00000', 'm00001', 'm00002'];

/** One message: who, and its how-manieth. */
export interface Said {
  readonly speaker: number;
  readonly seq: number;
}

/** A new shape of the nine words' message lines, of which no length is known. */
export function messageShape(): LineShape {
  return new LineShape({ start: 'MSG ', nameAt: 4, ending: 1 });
}

export function lineOf({ speaker, seq }: Said): string {
  return `MSG ${NAMES[speaker]} ${textOf(speaker, seq, SIZE)}\n`;
}

export function streamOf(messages: readonly Said[]): Buffer {
  return Buffer.from(messages.map(lineOf).join(''));
}

/** Messages of all speakers in any order in which each one's are in their own. */
export const conversations: fc.Arbitrary<Said[]> = fc
  .array(fc.nat(NAMES.length - 1), { minLength: 2, maxLength: 40 })
  .map((speakers) => {
    const next = NAMES.map(() => 0);
    return speakers.map((speaker) => {
      const seq = next[speaker] ?? 0;
      next[speaker] = seq + 1;
      return { speaker, seq };
    });
  });

/** What a member's network does to a stream: pieces of any sizes. */
export function piecesOf(stream: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < stream.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    pieces.push(stream.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

export const pieceSizes = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 8 });

/** Feeds pieces as a connection does: what was not taken comes again, before the next piece. Returns what is left. */
export function feed(
  pieces: readonly Buffer[],
  take: (bytes: Buffer, at: number, end: number) => number,
): Buffer {
  let rest = Buffer.alloc(0);
  for (const piece of pieces) {
    // Bytes before and after, to see that they are not looked at.
    const bytes = Buffer.concat([Buffer.from('??\n'), rest, piece, Buffer.from('MSG ??\n')]);
    const end = 3 + rest.length + piece.length;
    rest = Buffer.from(bytes.subarray(take(bytes, 3, end), end));
  }
  return rest;
}
