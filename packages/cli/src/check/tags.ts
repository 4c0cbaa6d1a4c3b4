/** The kit's own reader and writer of tags (3.1): it shares none with the servers that it judges. */
export type Tags = ReadonlyMap<string, string>;

const NONE: Tags = new Map();
const MEANT: Readonly<Record<string, string>> = { ':': ';', s: ' ', r: '\r', n: '\n' };
const WRITTEN: Readonly<Record<string, string>> = {
  ';': '\\:',
  ' ': '\\s',
  '\\': '\\\\',
  '\r': '\\r',
  '\n': '\\n',
};

/** A line's tags, and what stands after them; a line without any is its own body. A key without a value has `''`. */
export function readTags(text: string): { tags: Tags; body: string } {
  const space = text.indexOf(' ');
  if (!text.startsWith('@') || space < 0) return { tags: NONE, body: text };
  const tags = new Map<string, string>();
  for (const tag of text.slice(1, space).split(';')) {
    const [key = '', ...value] = tag.split('=');
    tags.set(
      key,
      value.join('=').replace(/\\(.?)/gs, (_, next: string) => MEANT[next] ?? next),
    );
  }
  return { tags, body: text.slice(space + 1) };
}

/** A value as it stands in a line. */
export function tagValue(value: string): string {
  return value.replace(/[; \\\r\n]/g, (character) => WRITTEN[character] ?? character);
}
