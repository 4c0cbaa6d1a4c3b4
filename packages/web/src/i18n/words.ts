/** Which language the page speaks, and how it writes times. Only the language that is spoken is fetched. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Phrases } from './phrases.ts';
import { createDates, type Dates } from './writing.ts';

export type Language = 'en' | 'fr';
export type Words = Phrases & { readonly dates: Dates };

/**
 * The words of the language that is chosen; of `system`, the first of the browser's `locales` that the page speaks, else English. Resolves once they are
 * there. Rejects where not even the first can be fetched; one that is chosen later and cannot be leaves the words as they are.
 */
export async function createWords(
  choice: ReadonlySignal<'system' | Language>,
  locales: readonly string[],
): Promise<ReadonlySignal<Words>> {
  const wanted = (): Language => (choice.value === 'system' ? spokenOf(locales) : choice.value);
  const fetch = async (language: Language): Promise<Words> => ({
    ...(await phrasesOf(language)),
    dates: createDates(language, locales),
  });
  const words = signal(await fetch(wanted()));
  effect(() => {
    const language = wanted();
    if (language === words.peek().language) return;
    fetch(language).then(
      (fetched) => {
        if (wanted() === language) words.value = fetched;
      },
      () => {},
    );
  });
  return words;
}

function spokenOf(locales: readonly string[]): Language {
  const languages = locales.map((locale) => locale.split('-')[0]);
  return languages.find((one) => one === 'en' || one === 'fr') ?? 'en';
}

async function phrasesOf(language: Language): Promise<Phrases> {
  switch (language) {
    case 'en':
      return (await import('./en.ts')).en;
    case 'fr':
      return (await import('./fr.ts')).fr;
    default:
      return language satisfies never;
  }
}
