import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { asFlag, roomFlag, serverFlag, toName } from '../terminal/flags.ts';
import { keyFlag } from '../terminal/key.ts';

export interface SendFlags {
  readonly server?: string;
  readonly as?: string;
  /** The key itself. */
  readonly keyFile?: string;
  readonly room?: string;
  readonly to?: string;
  /** Seconds. */
  readonly timeout: number;
}

/** `palabre send`: what is behind it is loaded when it is run. */
export function sendCommand(): Command {
  return new Command('send')
    .description('say TEXT, or standard input line by line; ends when the server has kept it')
    .addArgument(
      new Argument('[TEXT...]', 'what to say; absent: the lines of standard input, but empty ones'),
    )
    .addOption(serverFlag())
    .addOption(asFlag('that of the last visit, else the user name'))
    .addOption(keyFlag())
    .addOption(roomFlag('the room to speak in').conflicts('to'))
    .addOption(new Option('--to <NAME>', 'say it to this one alone').env('PALABRE_TO').argParser(toName))
    .addOption(
      new Option('--timeout <SECONDS>', 'how long to go without a receipt, while trying again')
        .env('PALABRE_SEND_TIMEOUT')
        .default(30)
        .argParser(toSeconds),
    )
    .addHelpText(
      'after',
      `
Examples:
  palabre send good evening                          in the lobby
  palabre send --to bo 'the key is under the mat'    to bo alone
  make 2>&1 | palabre send --room build --as make    each line as it comes
  palabre send --server wss://chat.example.org --as backup "done: $(df -h / | tail -1)"
  palabre send --key-file ~/.palabre-key 'done'      where the server asks for a key
  palabre send --timeout 600 'it is up again'        through a longer restart of the server

Each line is said once, in its order, through lost connections and restarts of the server; where 'palabre join' is
in the chat under the same name, it is said as that one.

Exit status: 0 all was kept by the server; 1 something was not said, or nobody can tell; 2 usage error.`,
    )
    .action(async (words: readonly string[], flags: SendFlags) => {
      const { send } = await import('./send.ts');
      process.exitCode = await send(words.length > 0 ? words.join(' ') : undefined, flags);
    });
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 1_000_000) return seconds;
  throw new InvalidArgumentError('Say a number of seconds above 0.');
}
