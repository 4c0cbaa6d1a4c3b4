/** What one connection is going to say, as bytes: lines of the grammar, many of them mutated. */
import type { Chance } from '../chaos/chance.ts';
import { Grammar, type Learned } from './grammar.ts';
import { mutate } from './mutate.ts';
import type { Tally } from './tally.ts';

/** How many of the lines are altered as bytes. */
const MUTATED = 0.55;

const LF = Buffer.from('\n');
const CRLF = Buffer.from('\r\n');

/** Lines in one block at most. */
const BLOCK = 64;

/**
 * This many lines, with their ends, in blocks: each is made, and counts, when it is asked for, so that what a connection can't say any more does not
 * count. The first lines mostly bring the connection in.
 */
export function* script(chance: Chance, learned: Learned, tally: Tally, count: number): Generator<Buffer[]> {
  const grammar = new Grammar(chance, learned);
  let before = LF;
  const said = (line: string, mutated: boolean): Buffer[] => {
    // A line that begins with LF stands for itself: it is neither altered nor spliced into another.
    const alone = line.startsWith('\n');
    let bytes = Buffer.from(line);
    const altered = mutated && !alone;
    if (altered) bytes = Buffer.from(mutate(chance, bytes, before));
    tally.count(altered ? 'lines mutated' : 'lines of the grammar');
    if (!alone) before = bytes;
    return [bytes, alone || chance.odds(0.95) ? LF : CRLF];
  };
  if (chance.odds(0.9)) yield grammar.opening().flatMap((line) => said(line, chance.odds(0.05)));
  for (let left = count; left > 0; left -= BLOCK) {
    const block: Buffer[] = [];
    for (let i = Math.min(left, BLOCK); i > 0; i--) block.push(...said(grammar.line(), chance.odds(MUTATED)));
    yield block;
  }
}

/** The same bytes in other pieces: a byte at a time, small ones, or as much as fits. */
export function* cut(chance: Chance, pieces: readonly Buffer[]): Generator<Buffer> {
  const bytes = Buffer.concat(pieces);
  const style = chance.next();
  const most = style < 0.04 ? 1 : style < 0.2 ? 50 : style < 0.5 ? 2000 : 65_536;
  // A byte at a time is slow work: after some it goes on in larger ones.
  let small = 300;
  for (let at = 0; at < bytes.length; ) {
    const size = chance.between(1, small-- > 0 ? most : 65_536);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
