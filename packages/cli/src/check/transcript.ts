/** What was said and heard during one check, in the order in which the kit said and heard it. */

/** `says`: the kit to the server. `gets`: the server to the kit. `does`: what is no line (connects, hangs up). */
export type Way = 'says' | 'gets' | 'does';

/** One entry of an exchange. `peer` is the letter of the connection (A, B, …) and `text` is safe to print. */
export type Entry = { readonly peer: string; readonly way: Way; readonly text: string };

/** Entries kept for one check. What comes after is counted, not kept: a server may say megabytes. */
const MOST_ENTRIES = 120;

/** Characters of one line that a report shows. */
const MOST_SHOWN = 160;

export class Transcript {
  readonly entries: Entry[] = [];
  #more = 0;

  add(peer: string, way: Way, said: string | Uint8Array): void {
    if (this.entries.length < MOST_ENTRIES) this.entries.push({ peer, way, text: show(said) });
    else this.#more++;
  }

  /** Every entry kept, and a last one that says how many were not. */
  toArray(): Entry[] {
    if (this.#more === 0) return [...this.entries];
    return [...this.entries, { peer: '', way: 'does', text: `… and ${this.#more} lines more` }];
  }
}

/**
 * A line as a report may print it: one line, shortened, and nothing in it that could drive a terminal.
 * Control, format and unassigned characters appear as `\u{1b}`, bytes that are no UTF-8 as `\x80`.
 */
export function show(said: string | Uint8Array): string {
  const bytes = typeof said === 'string' ? Buffer.from(said) : said;
  const text = decode(bytes);
  const safe = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped);
  if (safe.length <= MOST_SHOWN) return safe;
  return `${[...safe].slice(0, MOST_SHOWN - 40).join('')}… (${bytes.length} bytes)`;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
    ).join('');
  }
}

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
