/** The words that a client may say: the founding document's (1.1–1.10), and those of the extended form (3.2, 3.8, 3.9). */
export const CLIENT_WORDS = ['WHO', 'IAM', 'MSG', 'PRV', 'BYE', 'EXT', 'LST', 'HST'] as const;
export type ClientWord = (typeof CLIENT_WORDS)[number];

/** The words that a server says. */
export const SERVER_WORDS = ['WHO', 'ERR', 'TKN', 'ARR', 'MSG', 'PRV', 'LFT', 'EXT', 'LST', 'HST'] as const;
export type ServerWord = (typeof SERVER_WORDS)[number];
