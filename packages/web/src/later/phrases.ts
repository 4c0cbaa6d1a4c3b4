import { enMore } from '../i18n/en-more.ts';
import { frMore } from '../i18n/fr-more.ts';
import type { MorePhrases } from '../i18n/phrases.ts';
import type { Language } from '../i18n/words.ts';
import { useView } from '../ui/view.ts';

/** All languages come with these parts: one more to fetch would be one more that can fail. */
const PHRASES: Readonly<Record<Language, MorePhrases>> = { en: enMore, fr: frMore };

export function usePhrases(): MorePhrases {
  return PHRASES[useView().words.value.language];
}
