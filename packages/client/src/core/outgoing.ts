import { escapeValue, TAG_BYTES } from '@palabre/protocol';
import { Refused } from '../errors.ts';

/** Tags to be said (3.1). What is `undefined` is not. */
export type Tagged = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes a line with tags, of which one at least is said. */
export function writeLine(tags: Tagged, word: string, rest = ''): string {
  const said = Object.entries(tags).filter(([, value]) => value !== undefined);
  const written = said.map(([key, value]) => `${key}=${escapeValue(`${value}`)}`);
  return `@${written.join(';')} ${word}${rest && ` ${rest}`}`;
}

/** Throws what the server would refuse: a line over `bytes` without its tags (2.6), tags over 1,024 bytes (3.1). */
export function checkLength(line: string, bytes: number): void {
  const space = line.indexOf(' ');
  if (bytesOf(line.slice(space + 1)) > bytes) throw new Refused('long');
  if (bytesOf(line.slice(1, space)) > TAG_BYTES) throw new Refused('tags');
}

/** How many bytes of UTF-8 this is. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
