import { NAME_BYTES, NAME_CODE_POINTS } from './limits.ts';
import { utf8Length } from './utf8.ts';

/** A name as it was typed and is shown (2.2). */
export type Name = string & { readonly __brand: 'Name' };

/** What two names are compared by: equal keys are one name (2.2). Never shown. */
export type NameKey = string & { readonly __brand: 'NameKey' };

// 2.2  White space; control, format, surrogate and unassigned code points; and what a name may not begin with.
const NOT_IN_A_NAME = /[\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Cn}]|^[@#:]/u;

/**
 * The name that `text` is, or `undefined` where it is none (2.2): 1 to 32 code points, at most 128 bytes, no white space,
 * no control, format, surrogate or unassigned code point, not beginning with `@`, `#` or `:`.
 */
export function parseName(text: string): Name | undefined {
  // The first bound is in UTF-16 units, so that a text of 4,096 bytes is not counted through.
  if (text === '' || text.length > 2 * NAME_CODE_POINTS || NOT_IN_A_NAME.test(text)) return undefined;
  if (codePoints(text) > NAME_CODE_POINTS || utf8Length(text) > NAME_BYTES) return undefined;
  return text as Name;
}

/**
 * The key of a name (2.2): NFKC, then lower case, then NFKC again, since lower case may leave what NFKC would still
 * compose. Takes any string: one that is no name has a key that no member's name has.
 */
export function nameKey(name: string): NameKey {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC') as NameKey;
}

/** The name under which the server itself speaks: nobody else bears it (4.8). */
export const SERVER_NAME = 'server' as Name;

function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}
