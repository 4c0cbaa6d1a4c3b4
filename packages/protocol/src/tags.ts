/**
 * The tags before a line (3.1): `key` or `key=value`, joined by `;`. A value holds any text; what would end it is escaped as
 * in IRCv3 message tags: `\:` is `;`, `\s` a space, `\\` a backslash, `\r` CR, `\n` LF.
 */
export type Tags = ReadonlyMap<string, string>;

const KEY = /^[a-z0-9-]+$/;

const ESCAPES: Readonly<Record<string, string>> = { ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' };
const ESCAPED = Object.fromEntries(Object.entries(ESCAPES).map(([key, value]) => [value, `\\${key}`]));

/**
 * Reads what stands between `@` and the space. A key without a value has the value `''`; of a key that comes twice the last counts;
 * a backslash before anything else is dropped (all as in IRCv3). `undefined` where a key is not one.
 */
export function parseTags(text: string): Tags | undefined {
  const tags = new Map<string, string>();
  for (const tag of text.split(';')) {
    const equals = tag.indexOf('=');
    const key = equals < 0 ? tag : tag.slice(0, equals);
    if (!KEY.test(key)) return undefined;
    tags.set(key, equals < 0 ? '' : unescapeValue(tag.slice(equals + 1)));
  }
  return tags;
}

/** Writes tags as they stand between `@` and the space. Throws a `RangeError` on a key that is not one. */
export function formatTags(tags: Tags): string {
  const parts: string[] = [];
  for (const [key, value] of tags) {
    if (!KEY.test(key)) throw new RangeError(`not a tag's key: ${JSON.stringify(key)}; use a-z, 0-9 and -`);
    parts.push(value === '' ? key : `${key}=${escapeValue(value)}`);
  }
  return parts.join(';');
}

function unescapeValue(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.?)/gsu, (_, next: string) => ESCAPES[next] ?? next);
}

/** A value as it stands in a line. */
export function escapeValue(value: string): string {
  return value.replace(/[; \\\r\n]/g, (character) => ESCAPED[character] ?? character);
}
