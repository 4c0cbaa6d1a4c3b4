import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import { createWords, type Language, type Words } from './words.ts';
import { count, createDates } from './writing.ts';

async function spoken(choice: 'system' | Language, ...locales: string[]): Promise<string> {
  return (await createWords(signal(choice), locales)).value.language;
}

test('the page speaks the first language of the browser that it knows, else English', async () => {
  assert.equal(await spoken('system', 'fr-CH', 'en'), 'fr');
  assert.equal(await spoken('system', 'wo', 'en-GB', 'fr'), 'en');
  assert.equal(await spoken('system', 'ja'), 'en');
  assert.equal(await spoken('system'), 'en');
  assert.equal(await spoken('fr', 'en-GB'), 'fr');
});

test('another language takes over once it is there', async () => {
  const choice = signal<'system' | Language>('en');
  const words = await createWords(choice, ['en']);
  const changed = new Promise<Words>((resolve) => {
    words.subscribe((now) => {
      if (now.language === 'fr') resolve(now);
    });
  });
  choice.value = 'fr';
  assert.equal((await changed).lobby, 'Sous l’arbre');
});

test('times follow the country, and a locale that is none does no harm', () => {
  const afternoon = new Date(2026, 10, 22, 15, 5).getTime();
  assert.equal(createDates('en', ['en-GB']).time(afternoon), '15:05');
  assert.match(createDates('en', ['en-US']).time(afternoon), /^03:05\sPM$/);
  assert.match(createDates('en', ['en-US@posix']).time(afternoon), /05/);
});

test('today, yesterday, a day of this year, one of another', () => {
  const { day } = createDates('en', ['en-GB']);
  const words = { today: 'Today', yesterday: 'Yesterday' };
  const said = (...date: [number, number, number]): string =>
    day(new Date(...date, 12).getTime(), new Date(2026, 2, 1).getTime(), words);
  assert.equal(said(2026, 2, 1), 'Today');
  assert.equal(said(2026, 1, 28), 'Yesterday');
  assert.equal(said(2026, 1, 27), 'Friday 27 February');
  assert.equal(said(2001, 4, 7), '7 May 2001');
});

test('nothing is plural in English and singular in French', () => {
  assert.equal(count('en', 0, 'line', 'lines'), '0 lines');
  assert.equal(count('en', 1, 'line', 'lines'), '1 line');
  assert.equal(count('fr', 0, 'ligne', 'lignes'), '0 ligne');
  assert.equal(count('fr', 2, 'ligne', 'lignes'), '2 lignes');
});
