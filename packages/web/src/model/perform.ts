/** What commands do. */
import type { App, Problem } from './app.ts';
import type { Command } from './commands.ts';
import { nameProblem } from './names.ts';

/** What it takes: what the page's buttons do. */
export type Doer = Pick<
  App,
  | ('panel' | 'search' | 'current' | 'listRooms' | 'listMentions' | 'enterRoom' | 'leaveRoom' | 'talkTo')
  | ('closePrivate' | 'rename' | 'leave')
> & {
  /** Says a text to somebody alone. */
  whisper(name: string, text: string): Problem | undefined;
};

/** Does what a command asks for. Resolves to what is wrong with it. */
export async function perform({ name, rest }: Command, doer: Doer): Promise<Problem | undefined> {
  const usage: Problem = { what: 'usage', about: name };
  switch (name) {
    case 'help':
      doer.panel.value = 'help';
      return undefined;
    case 'who':
      doer.panel.value = 'people';
      return undefined;
    case 'rooms':
      doer.panel.value = 'rooms';
      void doer.listRooms();
      return undefined;
    case 'mentions':
      doer.panel.value = 'mentions';
      void doer.listMentions();
      return undefined;
    case 'msg':
      return message(rest, doer) ?? (rest === '' ? usage : undefined);
    case 'join':
      return rest === '' ? usage : await doer.enterRoom(rest);
    case 'leave':
      return await leaveHere(doer, usage);
    case 'name':
      return rest === '' ? usage : await doer.rename(rest);
    case 'search':
      doer.panel.value = 'search';
      doer.search.query.value = rest;
      if (rest !== '') void doer.search.run();
      return undefined;
    case 'quit':
      await doer.leave();
      return undefined;
    default:
      return name satisfies never;
  }
}

function message(rest: string, doer: Doer): Problem | undefined {
  const [typed, text] = splitWord(rest);
  if (typed === '') return undefined;
  const to = typed.replace(/^@/, '');
  const problem = nameProblem(to);
  if (problem) return problem;
  if (text !== '') return doer.whisper(to, text);
  doer.talkTo(to);
  return undefined;
}

async function leaveHere(doer: Doer, usage: Problem): Promise<Problem | undefined> {
  const { key, kind } = doer.current.value;
  if (kind === 'lobby') return usage;
  if (kind === 'room') await doer.leaveRoom(key);
  else doer.closePrivate(key);
  return undefined;
}

/** The first word and what follows it. */
export function splitWord(text: string): readonly [word: string, rest: string] {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
  return [word, rest];
}
