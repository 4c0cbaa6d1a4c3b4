import type { Flag } from './describe.ts';

/** What may follow a flag: one of some words, a file, something that nobody can guess, nothing. */
export type Values = { readonly words: readonly string[] } | 'file' | 'any' | 'none';

export function valuesOf({ value, choices }: Flag): Values {
  if (value === undefined) return 'none';
  if (choices.length > 0) return { words: choices };
  return /FILE|DIR/.test(value) ? 'file' : 'any';
}
