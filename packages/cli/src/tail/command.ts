import { Command, Option } from 'commander';
import { asFlag, roomFlag, serverFlag } from '../terminal/flags.ts';
import { keyFlag } from '../terminal/key.ts';
import { type Since, toSince } from './since.ts';

export interface TailFlags {
  readonly server?: string;
  readonly as?: string;
  /** The key itself. */
  readonly keyFile?: string;
  readonly room?: string;
  readonly json?: true;
  readonly since?: Since;
}

/** `palabre tail`: what is behind it is loaded when it is run. */
export function tailCommand(): Command {
  return new Command('tail')
    .description('print what is said, line by line, as it comes')
    .addOption(serverFlag())
    .addOption(asFlag('tail- and some letters'))
    .addOption(keyFlag())
    .addOption(roomFlag('the room to listen to'))
    .addOption(
      new Option('--json', 'a JSON object a line: id, at (ms since 1970), room, from, to, text, kind').env(
        'PALABRE_JSON',
      ),
    )
    .addOption(
      new Option(
        '--since <WHEN>',
        'begin with what was said since: 10m, 2h, 7d; 2026-11-22 or 2026-11-22T18:30; an id; 0: all',
      )
        .env('PALABRE_SINCE')
        .argParser((text) => toSince(text, Date.now())),
    )
    .addHelpText(
      'after',
      `
Examples:
  palabre tail                                       the lobby, and what is said to this name alone
  palabre tail --room dev --since 1h                 a room, from an hour ago on
  palabre tail --json | jq -r 'select(.from == "backup") | .text'
  palabre tail --json --since 0 > all.jsonl          everything that was ever said in the lobby, and on
  palabre tail --since 2026-11-22 | grep -m1 done    waits for a word

In the JSON, kind is "message" or "private"; room is null in the lobby, to is null but in a private line; id and at
are null where the server speaks the nine words alone. After --since an id, what comes after that id is printed.

It follows through lost connections and restarts of the server, without a gap and without printing a line twice, and
ends when nobody reads what it prints. The others see its name among those who are here.

Exit status: 0 stopped, or nobody reads; 1 the chat is over, or was never reached, or the server can't read what was
said before; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async (flags: TailFlags) => {
      const { tail } = await import('./tail.ts');
      process.exitCode = await tail(flags);
    });
}
