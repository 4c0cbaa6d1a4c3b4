import { Argument, Command, Option } from 'commander';
import { asFlag, roomFlag } from '../terminal/flags.ts';
import { keyFlag } from '../terminal/key.ts';
import { type Place, toPlace } from '../terminal/place.ts';

export interface JoinFlags {
  readonly as?: string;
  /** The key itself. */
  readonly keyFile?: string;
  readonly room?: string;
  readonly bell?: true;
}

/** `palabre join`: what is behind it is loaded when it is run. */
export function joinCommand(): Command {
  return new Command('join')
    .description('talk, in this terminal')
    .addArgument(
      new Argument(
        '[ADDRESS]',
        'where the server is: host:port, tcp://, tls://, ws:// or wss://; or a link that invites (default: where one was last, else localhost:7070)',
      ).argParser(toPlace),
    )
    .addOption(asFlag('that of the last visit, else the user name'))
    .addOption(keyFlag())
    .addOption(roomFlag('the room to begin in', 'that of the last visit, else the lobby'))
    .addOption(
      new Option('--bell', 'ring where somebody says your name, or something to you alone').env(
        'PALABRE_BELL',
      ),
    )
    .addHelpText(
      'after',
      `
Examples:
  palabre join                              where you were last, as who you were
  palabre join chat.example.org --as ana    the address and the name are remembered
  palabre join wss://chat.example.org       where a page of the chat is at https://chat.example.org
  palabre join --room dev --bell
  palabre join 'https://chat.example.org/#invite=eyJ…'    by a link that invites
  echo good evening | palabre join          not a terminal: plain lines in, plain lines out

Where the server asks for a password you are asked for it, and what you type is not shown. It is not remembered: the token is.

Type to talk; /help lists what else can be typed. Ctrl-C twice or /quit leaves. A lost line and a server that is
restarted are waited for: what you say meanwhile is said when it is back.

Where this is not a terminal, lines are read as fast as the server takes them, and the end of the input leaves once it
has kept them all, however long that takes; 'palabre send' has a --timeout.

What is remembered (address, name, room, and the token by which one comes back) is in
$XDG_STATE_HOME/palabre/servers.json, by default ~/.local/state/palabre/servers.json, which nobody else can read.

Exit status: 0 left; 1 the server can't be reached, the name is taken, the chat was ended, or, where this is not a
terminal, something was not said or done, or nobody can tell; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async (place: Place | undefined, flags: JoinFlags) => {
      const { join } = await import('./join.ts');
      process.exitCode = await join(place, flags);
    });
}
