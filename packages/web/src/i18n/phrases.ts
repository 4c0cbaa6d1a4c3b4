/** What the page says, in one language. Texts with a part of their own are functions. */
import type { CommandName, Problem } from '../model/app.ts';
import type { en } from './en.ts';
import type { enMore } from './en-more.ts';

/** What is said from the first. */
export type Phrases = typeof en;

/** What is said in the parts of the page that come later. */
export type MorePhrases = typeof enMore;

export type ProblemPhrases = Readonly<Record<Problem['what'], (about: string) => string>>;

export interface CommandPhrases {
  /** With its arguments, as it is typed. */
  readonly usage: string;
  readonly does: string;
}

export type AllCommands = Readonly<Record<CommandName, CommandPhrases>>;
