import type { Chance } from '../chaos/chance.ts';
import { mutate, random } from './mutate.ts';

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');

/** A header of the PROXY protocol: mostly a good one of version 2, else altered, of version 1, or none at all. */
export function preamble(chance: Chance): Buffer {
  const whole = good(chance);
  const roll = chance.next();
  if (roll < 0.6) return whole;
  if (roll < 0.9) return mutate(chance, whole, random(chance, 30));
  if (roll < 0.95) return Buffer.from('PROXY TCP4 203.0.113.9 192.0.2.1 8080 7070\r\n');
  return Buffer.alloc(0);
}

function good(chance: Chance): Buffer {
  const [family, bytes] = chance.pick([
    [0x11, 12],
    [0x21, 36],
    [0x31, 216],
    [0x00, 0],
    [0x12, 12],
  ] as const);
  const tlvs = chance.odds(0.2) ? random(chance, chance.between(0, 5000)) : Buffer.alloc(0);
  const block = Buffer.concat([random(chance, bytes), tlvs]);
  // Sometimes a length that is a lie.
  const length = chance.odds(0.05) ? chance.between(0, 65_535) : block.length;
  const fixed = Buffer.of(chance.odds(0.8) ? 0x21 : 0x20, family, length >> 8, length & 0xff);
  return Buffer.concat([SIGNATURE, fixed, block]);
}
