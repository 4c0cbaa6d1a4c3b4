/**
 * Texts to search in: words drawn as those of a language are, few of them often and most of them seldom (Zipf). The same on every
 * run.
 */
/** The `rank`-th most frequent word, from 0; frequent ones are short. No two are the same. */
export declare function word(rank: number): string;
/** One of the ten most frequent words: each is in 1 of 10 texts at least. */
export declare function frequent(i: number): string;
/** One of the rarer half of all words: each is in about 1 of 15,000 texts. */
export declare function rare(i: number): string;
/** Texts without end, of ten words; `seed` decides which. */
export declare function texts(seed: number): () => string;
/** Numbers from 0 to 1, by chance but the same for the same seed (mulberry32). */
export declare function chances(seed: number): () => number;
