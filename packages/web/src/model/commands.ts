/** What begins with `/` in the box. */
import type { CommandName } from './app.ts';

/** A command as it was typed. `rest`: what follows its name, without the spaces around it. */
export interface Command {
  readonly name: CommandName;
  readonly rest: string;
}

export const COMMANDS: readonly CommandName[] = [
  ...(['help', 'msg', 'who', 'rooms', 'join', 'leave', 'name', 'search', 'mentions', 'quit'] as const),
];

const ALIASES: Readonly<Record<string, CommandName>> = { w: 'msg', nick: 'name', part: 'leave' };

/** What the box says: a text, a command, or (`unknown`) a command that there is not. `//` begins a text with `/`. */
export function readBox(
  box: string,
): { readonly text: string } | { readonly command: Command } | { readonly unknown: string } {
  if (!box.startsWith('/')) return { text: box };
  if (box.startsWith('//')) return { text: box.slice(1) };
  const [, word = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(box) ?? [];
  const typed = word.toLowerCase();
  const name = COMMANDS.find((one) => one === typed) ?? ALIASES[typed];
  return name ? { command: { name, rest: rest.trimEnd() } } : { unknown: word };
}
