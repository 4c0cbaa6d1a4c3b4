/** The words that a client may say (1.1–1.10). */
export const CLIENT_WORDS = ['WHO', 'IAM', 'MSG', 'PRV', 'BYE'] as const;
export type ClientWord = (typeof CLIENT_WORDS)[number];

/** The words that a server says (1.1–1.11). */
export const SERVER_WORDS = ['WHO', 'ERR', 'TKN', 'ARR', 'MSG', 'PRV', 'LFT'] as const;
export type ServerWord = (typeof SERVER_WORDS)[number];
