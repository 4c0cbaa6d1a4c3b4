import type { Chance } from '../chaos/chance.ts';

/** Bytes that no text holds: half a character, one too long, a surrogate, beyond Unicode, a byte of no encoding. */
const INVALID = ['c3', 'e28292c0', 'c080', 'eda080', 'f4908080', 'ff', 'fe', 'f0808080', '80'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

const CONTROLS = ['\0', '\r', '\n', '\r\n', '\n\r', '\r\r\n', '\x1b[2J', '\x7f', '\t', ' '].map((text) =>
  Buffer.from(text),
);

/** The most bytes that a repetition comes to: several of the longest lines. */
const REPEATED_BYTES = 20_000;

/** These bytes, altered somewhere; `other`: some to splice them with. */
export function mutate(chance: Chance, bytes: Buffer, other: Buffer): Buffer {
  const at = chance.between(0, bytes.length);
  const to = Math.min(bytes.length, at + chance.between(0, 8));
  switch (chance.between(0, 10)) {
    case 0:
      return flipped(chance, bytes);
    case 1:
      return spliced(bytes, at, at, Buffer.of(chance.between(0, 255)));
    case 2:
      return spliced(bytes, at, to, Buffer.alloc(0));
    case 3:
      return spliced(bytes, at, at, bytes.subarray(at, to));
    case 4:
      return spliced(bytes, at, bytes.length, other.subarray(chance.between(0, other.length)));
    case 5:
      return bytes.subarray(0, at);
    case 6:
      return spliced(bytes, at, to, chance.pick(INVALID));
    case 7:
      return spliced(bytes, at, at, chance.pick(CONTROLS));
    case 8:
      return spliced(bytes, at, to, random(chance, chance.between(1, 16)));
    case 9:
      return flipped(chance, flipped(chance, bytes));
    default:
      return chance.odds(0.02) ? repeated(chance, bytes) : spliced(bytes, at, at, other.subarray(0, 12));
  }
}

export function random(chance: Chance, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let i = 0; i < length; i++) bytes[i] = chance.between(0, 255);
  return bytes;
}

function spliced(bytes: Buffer, from: number, to: number, between: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)]);
}

function flipped(chance: Chance, bytes: Buffer): Buffer {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  const at = chance.between(0, copy.length - 1);
  copy[at] = (copy[at] ?? 0) ^ (1 << chance.between(0, 7));
  return copy;
}

function repeated(chance: Chance, bytes: Buffer): Buffer {
  const part = bytes.subarray(0, chance.between(1, Math.max(1, bytes.length)));
  return part.length === 0 ? part : Buffer.alloc(chance.between(1, REPEATED_BYTES), part);
}
