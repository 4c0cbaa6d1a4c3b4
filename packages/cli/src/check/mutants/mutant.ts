import type { PageServer } from '../page-server.ts';

/** A page server that gets one thing wrong, and the one rule of the page that it breaks by that. */
export type Mutant = {
  readonly rule: string;
  readonly what: string;
  readonly Server: new () => PageServer;
};

export const at = (rule: string, what: string, Server: new () => PageServer): Mutant => ({
  rule,
  what,
  Server,
});

/** The first word of a text. */
export const first = (text: string): string => text.split(' ', 1)[0] ?? '';
