/** All that the page says: people here find everything by its name. */
import { en as english } from '../../src/i18n/en.ts';
import { enMore } from '../../src/i18n/en-more.ts';
import { fr as french } from '../../src/i18n/fr.ts';
import { frMore } from '../../src/i18n/fr-more.ts';
import type { MorePhrases, Phrases } from '../../src/i18n/phrases.ts';

export type Words = Phrases & MorePhrases;

export const en: Words = { ...english, ...enMore };
export const fr: Words = { ...french, ...frMore };
