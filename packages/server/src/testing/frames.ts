/** Frames for tests of what stands before the listeners: four bytes of length, then the lines without their last LF. */
import assert from 'node:assert/strict';
import type { Framing } from '../fanout/framing.ts';

export const TEST_FRAMES: Framing = {
  headerBytes: 4,
  header({ length }) {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(length);
    return header;
  },
};

/** The lines in these bytes, framed or not. */
export function linesIn(pieces: readonly Buffer[], framing: Framing | undefined): string[] {
  const bytes = Buffer.concat(pieces);
  if (!framing) return bytes.toString().split('\n').slice(0, -1);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at);
    assert.ok(end > at + 4 && end <= bytes.length, 'a frame is whole, and not empty');
    lines.push(...bytes.toString('utf8', at + 4, end).split('\n'));
    at = end;
  }
  return lines;
}
