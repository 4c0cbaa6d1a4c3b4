/**
 * Texts to search in: words drawn as those of a language are, few of them often and most of them seldom (Zipf). The same on every
 * run.
 */

const VOCABULARY = 20_000;
const WORDS_A_TEXT = 10;
const CONSONANTS = 'bcdfghjklmnpqrstvwxz';
const VOWELS = 'aeiou';

/** The `rank`-th most frequent word, from 0; frequent ones are short. No two are the same. */
export function word(rank: number): string {
  // Multiplied by a prime, so that neighbours do not begin alike.
  const letters = rank < 100 ? 3 : rank < 5000 ? 4 : 6;
  let rest = rank * 7919;
  let text = '';
  for (let i = 0; i < letters; i++) {
    const alphabet = i % 2 === 0 ? CONSONANTS : VOWELS;
    text += alphabet[rest % alphabet.length] ?? '';
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}

/** One of the ten most frequent words: each is in 1 of 10 texts at least. */
export function frequent(i: number): string {
  return word(i % 10);
}

/** One of the rarer half of all words: each is in about 1 of 15,000 texts. */
export function rare(i: number): string {
  return word(VOCABULARY / 2 + ((i * 7919) % (VOCABULARY / 2)));
}

const vocabulary = Array.from({ length: VOCABULARY }, (_, rank) => word(rank));

/** Texts without end, of ten words; `seed` decides which. */
export function texts(seed: number): () => string {
  const chance = chances(seed);
  return () => {
    let text = '';
    for (let i = 0; i < WORDS_A_TEXT; i++)
      text += `${i > 0 ? ' ' : ''}${vocabulary[Math.floor(VOCABULARY ** chance()) - 1] ?? ''}`;
    return text;
  };
}

/** Numbers from 0 to 1, by chance but the same for the same seed (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
