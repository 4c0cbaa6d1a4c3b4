/** Names, as the form for them and the text of a message know them (2.2). */
import {
  LINE_BYTES,
  NAME_BYTES,
  NAME_CODE_POINTS,
  type NameKey,
  nameKey,
  parseName,
  utf8Length,
} from '@palabre/protocol';
import type { Problem } from './app.ts';

/** What keeps a text from being a name, said as precisely as it can be; `undefined` where it is one. Spaces around it are no matter (2.1). */
export function nameProblem(typed: string): Problem | undefined {
  const text = typed.trim();
  if (text === '') return { what: 'name-empty' };
  if (/^[@#:]/.test(text)) return { what: 'name-start', about: text.slice(0, 1) };
  if (/\p{White_Space}/u.test(text)) return { what: 'name-space', about: text };
  const long =
    text.length > LINE_BYTES || [...text].length > NAME_CODE_POINTS || utf8Length(text) > NAME_BYTES;
  if (long) return { what: 'name-long', about: text };
  return parseName(text) === undefined ? { what: 'name-other', about: text } : undefined;
}

export function sameName(a: string, b: string): boolean {
  return a === b || nameKey(a) === nameKey(b);
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** Whether a text holds that name as a word of its own: `ana`, `@ana`, `Ana!`, and not `banana`. `key`: of a name that is not empty. */
export function namesOne(text: string, key: NameKey): boolean {
  // Most lines name nobody: one look for the key, no regular expression.
  const folded: string = nameKey(text);
  for (let at = folded.indexOf(key); at >= 0; at = folded.indexOf(key, at + 1)) {
    const before = [...folded.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
    const after = [...folded.slice(at + key.length, at + key.length + 2)][0] ?? '';
    if (!WORD.test(before) && !WORD.test(after)) return true;
  }
  return false;
}
