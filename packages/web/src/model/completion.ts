/** What can be typed where the caret is: commands, names, rooms. */
import { nameKey } from '@palabre/protocol';
import type { Completion } from './app.ts';
import { COMMANDS } from './commands.ts';

/** What there is to choose from, best first; looked at only where it is asked for. */
export interface Choices {
  readonly names: readonly string[];
  readonly rooms: readonly string[];
}

/** Names and rooms that are offered: a list longer than this is no help. */
const OFFERED = 8;

type Option = Completion['options'][number];

/** What may stand where the caret is: those of `all` that begin as `typed`. */
interface Offer {
  readonly typed: string;
  readonly all: readonly string[];
  readonly insert: (name: string) => string;
}

/** `caret`: in UTF-16 units, as in a text box. `undefined` where nothing fits. */
export function complete(text: string, caret: number, choices: Choices): Completion | undefined {
  const before = text.slice(0, caret);
  const from = before.search(/\S*$/);
  const word = before.slice(from);
  const isCommand = from === 0 && /^\/[^/]*$/.test(word);
  const options = isCommand ? commandsLike(word.slice(1)) : namesLike(offer(before, from, word, choices));
  if (options.length === 0) return undefined;
  // The rest of the word is replaced too, and the space after it, since one is brought along.
  const to = caret + (/^\S* ?/.exec(text.slice(caret))?.[0].length ?? 0);
  return { from, to, auto: from > 0 || /^[/@]/.test(word), options };
}

function offer(before: string, from: number, word: string, choices: Choices): Offer | undefined {
  const ahead = before.slice(0, from);
  const typed = word.replace(/^[@#]/, '');
  if (/^\/join\s+$/i.test(ahead)) return { typed, all: choices.rooms, insert: (name) => `${name} ` };
  if (/^\/(msg|w)\s+$/i.test(ahead)) return { typed, all: choices.names, insert: (name) => `${name} ` };
  const [, key, value = ''] = (/^\/search\s/i.test(ahead) && /^(from:|in:)[@#]?(.*)$/i.exec(word)) || [];
  if (key) {
    const all = /^f/i.test(key) ? choices.names : choices.rooms;
    return { typed: value, all, insert: (name) => `${key}${name} ` };
  }
  if (word.startsWith('@')) return { typed, all: choices.names, insert: (name) => `@${name} ` };
  if (from > 0 || word === '') return undefined;
  return { typed: word, all: choices.names, insert: (name) => `${name}: ` };
}

function commandsLike(typed: string): Option[] {
  const start = typed.toLowerCase();
  const found = COMMANDS.filter((name) => name.startsWith(start));
  return found.map((name) => ({ insert: `/${name} `, label: `/${name}`, help: name }));
}

/** Names compare by their keys (2.2). */
function namesLike(offered: Offer | undefined): Option[] {
  if (!offered) return [];
  const start = nameKey(offered.typed);
  const found = offered.all.filter((name) => nameKey(name).startsWith(start)).slice(0, OFFERED);
  return found.map((name) => ({ insert: offered.insert(name), label: name }));
}
