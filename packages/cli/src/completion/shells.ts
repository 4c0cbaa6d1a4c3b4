import { bash } from './bash.ts';
import type { Description } from './describe.ts';
import { fish } from './fish.ts';
import { zsh } from './zsh.ts';

/** The shells that can be taught, each with what makes its script. */
export const SHELLS: ReadonlyMap<string, (palabre: Description) => string> = new Map(
  Object.entries({ bash, zsh, fish }),
);
