import type { Flag, Parameter } from './describe.ts';

/** What may follow a flag: one of some words, a file, something that nobody can guess, nothing. */
export type Values = { readonly words: readonly string[] } | 'file' | 'any' | 'none';

const FILES = /FILE|DIR/;

export function valuesOf({ value, choices }: Flag): Values {
  if (value === undefined) return 'none';
  if (choices.length > 0) return { words: choices };
  return FILES.test(value) ? 'file' : 'any';
}

/** Whether a file may stand there. */
export function isFile({ usage }: Parameter): boolean {
  return FILES.test(usage);
}
