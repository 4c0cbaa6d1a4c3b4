/** What can be typed that is not said: one table for reading it, completing it and explaining it. */

/** A typed line, read. */
export type Typed =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'whisper'; readonly to: string; readonly text: string }
  | { readonly do: 'who' | 'rooms' | 'help' | 'quit' }
  | { readonly do: 'join' | 'leave'; readonly room: string | undefined }
  | { readonly do: 'name'; readonly name: string }
  | { readonly do: 'history'; readonly lines: number }
  | { readonly do: 'search'; readonly words: string }
  /** Not to be read; `help`: what to type instead. */
  | { readonly do: 'nothing'; readonly help: string };

interface Command {
  /** How it is typed. */
  readonly usage: string;
  readonly help: string;
  /** `undefined` where `rest` is not what it takes. */
  readonly read: (rest: string) => Typed | undefined;
}

const DEFAULT_HISTORY = 20;
const MOST_HISTORY = 500;

function readWhisper(rest: string): Typed | undefined {
  const [, to, text] = /^(\S+) (.*\S.*)$/.exec(rest) ?? [];
  return to && text ? { do: 'whisper', to, text } : undefined;
}

function readWord(rest: string): string | undefined {
  return /^\S+$/.test(rest) ? rest : undefined;
}

function readPlace(what: 'join' | 'leave') {
  return (rest: string): Typed | undefined => {
    const room = readWord(rest);
    return rest === '' || room !== undefined ? { do: what, room } : undefined;
  };
}

function alone(what: 'who' | 'rooms' | 'help' | 'quit') {
  return (rest: string): Typed | undefined => (rest === '' ? { do: what } : undefined);
}

export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    msg: { usage: '/msg NAME TEXT', help: 'say it to this one alone', read: readWhisper },
    w: { usage: '/w NAME TEXT', help: 'the same', read: readWhisper },
    who: { usage: '/who', help: 'who is here', read: alone('who') },
    rooms: { usage: '/rooms', help: 'which rooms there are', read: alone('rooms') },
    join: {
      usage: '/join [ROOM]',
      help: 'enter a room, or go back to one; to the lobby',
      read: readPlace('join'),
    },
    leave: { usage: '/leave [ROOM]', help: 'leave a room; this one', read: readPlace('leave') },
    name: {
      usage: '/name NAME',
      help: 'take another name',
      read: (rest) => {
        const name = readWord(rest);
        return name === undefined ? undefined : { do: 'name', name };
      },
    },
    history: {
      usage: '/history [LINES]',
      help: 'what was said earlier; again: earlier still',
      read: (rest) => {
        const lines = rest === '' ? DEFAULT_HISTORY : Number(rest);
        return lines >= 1 && lines <= MOST_HISTORY ? { do: 'history', lines: Math.floor(lines) } : undefined;
      },
    },
    search: {
      usage: '/search WORDS',
      help: 'lines with all these words',
      read: (rest) => (rest === '' ? undefined : { do: 'search', words: rest }),
    },
    help: { usage: '/help', help: 'this list', read: alone('help') },
    quit: { usage: '/quit', help: 'say good-bye; so does Ctrl-C twice', read: alone('quit') },
  } satisfies Readonly<Record<string, Command>>),
);

/** Reads what was typed; `undefined` where it is nothing. */
export function readTyped(line: string): Typed | undefined {
  if (line.trim() === '') return undefined;
  if (line.startsWith('//')) return { do: 'say', text: line.slice(1) };
  if (!line.startsWith('/')) return { do: 'say', text: line };
  const [word = '', ...rest] = line.slice(1).split(' ');
  const command = COMMANDS.get(word.toLowerCase());
  if (!command)
    return { do: 'nothing', help: `there is no /${word}: /help lists what there is; a second / says it` };
  return command.read(rest.join(' ').trim()) ?? { do: 'nothing', help: `${command.usage}: ${command.help}` };
}

/** The commands, and what the keys do. */
export function help(): string[] {
  const usages = [...COMMANDS.values()].map(({ usage, help }) => `${usage.padEnd(18)}${help}`);
  return [
    ...usages,
    `${'//text'.padEnd(18)}say /text`,
    'Tab completes names, rooms and commands; Up and Down bring back what was typed; Ctrl-A E B F K U W Y as in Emacs.',
  ];
}
