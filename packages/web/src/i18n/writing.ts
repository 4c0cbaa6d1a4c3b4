/** Times, days and numbers as a reader of a language writes them. */

/** A number and what it counts. Of none there is one in French, and more than one in English. */
export function count(language: string, n: number, one: string, more: string): string {
  const singular = language === 'fr' ? n < 2 : n === 1;
  return `${n.toLocaleString(language)} ${singular ? one : more}`;
}

export interface Dates {
  /** The time of the day, in hours and minutes. */
  time(at: number): string;
  /** `today`: when it began, in ms since 1970. It and the day before are said in these words. */
  day(at: number, today: number, words: { readonly today: string; readonly yesterday: string }): string;
  /** Day and time. */
  full(at: number): string;
}

/** `locales`: those of the browser, of which the first that is of the language is followed: whether a day has twelve hours is a matter of the country. */
export function createDates(language: string, locales: readonly string[]): Dates {
  const locale = locales.find((one) => one.split('-')[0] === language && isLocale(one)) ?? language;
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    time: (at) => time.format(at),
    day(at, today, words) {
      const date = new Date(at);
      const now = new Date(today);
      if (sameDay(date, now)) return words.today;
      if (sameDay(date, new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)))
        return words.yesterday;
      return (date.getFullYear() === now.getFullYear() ? day : dayOfYear).format(at);
    },
    full: (at) => full.format(at),
  };
}

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** A browser may name one that none of its own functions take: `en-US@posix`. */
function isLocale(name: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(name).length > 0;
  } catch {
    return false;
  }
}

/** How a command is typed; one of which nothing is known, as it was. */
export function usageOf(
  commands: Readonly<Record<string, { readonly usage: string }>>,
  name: string,
): string {
  return commands[name]?.usage ?? `/${name}`;
}
