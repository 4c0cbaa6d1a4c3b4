/** What Tab puts in place of the word before the cursor. */
import { nameKey } from '@palabre/protocol';
import { COMMANDS } from './commands.ts';

export interface Known {
  /** The likeliest first. */
  readonly names: readonly string[];
  readonly rooms: readonly string[];
}

export interface Completion {
  /** Where the word begins. */
  readonly start: number;
  /** What may stand there; never empty. */
  readonly choices: readonly string[];
}

/** `before`: what is typed, up to the cursor. `undefined` where nothing fits. */
export function complete(before: string, { names, rooms }: Known): Completion | undefined {
  const start = before.search(/\S*$/);
  const word = before.slice(start);
  const [, command = ''] = /^\/(\S+) +\S*$/.exec(before) ?? [];
  const choices = ((): string[] => {
    if (start === 0 && word.startsWith('/'))
      return startingWith(word.slice(1), [...COMMANDS.keys()]).map((one) => `/${one} `);
    if (command === 'join' || command === 'leave') return startingWith(word, rooms);
    if (word === '') return [];
    if (word.startsWith('@')) return startingWith(word.slice(1), names).map((name) => `@${name} `);
    return startingWith(word, names).map((name) => (start === 0 ? `${name}: ` : `${name} `));
  })();
  return choices.length > 0 ? { start, choices } : undefined;
}

/** Compares as names are compared (2.2). */
function startingWith(beginning: string, all: readonly string[]): string[] {
  const key = nameKey(beginning);
  return all.filter((one) => nameKey(one).startsWith(key));
}
