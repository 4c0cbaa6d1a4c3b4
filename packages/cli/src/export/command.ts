import { Argument, Command, Option } from 'commander';
import { dataFlag, forceFlag, progressFlag } from '../backup/flags.ts';
import { type Since, toSince } from '../tail/since.ts';
import { roomFlag } from '../terminal/flags.ts';

export interface ExportFlags {
  readonly data: string;
  readonly json?: true;
  readonly room?: string;
  readonly all?: true;
  readonly private?: true;
  readonly since?: Since;
  readonly force?: true;
  readonly progress?: true;
}

/** `palabre export`: what is behind it is loaded when it is run. */
export function exportCommand(): Command {
  return new Command('export')
    .description('print all that was said, oldest first, from what a server keeps, while it runs or not')
    .addArgument(new Argument('[FILE]', 'where to write it (default: standard output)'))
    .addOption(dataFlag())
    .addOption(
      new Option(
        '--json',
        'a JSON object a line: id, at (ms since 1970), room, from, to, text, kind, re, cont',
      ).env('PALABRE_JSON'),
    )
    .addOption(roomFlag('what was said in this room'))
    .addOption(
      new Option('--all', 'what was said in the lobby and in every room')
        .env('PALABRE_ALL')
        .conflicts('room'),
    )
    .addOption(new Option('--private', 'private lines too, whoever exchanged them').env('PALABRE_PRIVATE'))
    .addOption(
      new Option(
        '--since <WHEN>',
        'only what was said since: 10m, 2h, 7d; 2026-11-22 or 2026-11-22T18:30; after an id',
      )
        .env('PALABRE_SINCE')
        .argParser((text) => toSince(text, Date.now())),
    )
    .addOption(forceFlag('overwrite FILE, once all of it is written'))
    .addOption(progressFlag())
    .addHelpText(
      'after',
      `
Examples:
  palabre export --json > lobby.jsonl                what was said in the lobby
  palabre export --json --all rooms.jsonl            in every room, too
  palabre export --json --room dev --since 7d | jq -r .text
  palabre export --json --all --private --data /var/lib/palabre everything.jsonl

It reads the directory, not the chat: whoever may read that reads all. The objects are those of 'palabre tail --json', with
re (the id that it answers, or null) and cont (true: it goes on from the line before) at their end. kind is "message" or
"private"; room is null in the lobby, to is null but in a private line.

What is said after it has begun is not in it. FILE gets its name when all of it is written, and nobody but you may read it
(mode 0600).

Exit status: 0 all was written, or nobody reads on; 1 not all was, and a line says why; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async (file: string | undefined, flags: ExportFlags) => {
      const { exportAll } = await import('./export.ts');
      process.exitCode = await exportAll(file, flags);
    });
}
