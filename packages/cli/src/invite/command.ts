import { Command, InvalidArgumentError, Option } from 'commander';
import { dataFlag, jsonFlag, type OperatorFlags } from '../admin/flags.ts';
import { toMilliseconds } from '../terminal/durations.ts';
import { toName } from '../terminal/flags.ts';

export interface InviteFlags extends OperatorFlags {
  /** Ms. */
  readonly for: number;
  readonly room?: string;
  readonly url?: string;
  readonly withdraw?: string;
}

const WEEK_MS = 7 * 86_400_000;

/** `palabre invite`: what is behind it is loaded when it is run. */
export function inviteCommand(): Command {
  return new Command('invite')
    .description('print a link that lets somebody into a running server without its password, for a time')
    .addOption(dataFlag())
    .addOption(
      new Option('--for <TIME>', 'how long it lets somebody in, at most 365d: 30m, 12h, 7d …')
        .env('PALABRE_INVITE_FOR')
        .default(WEEK_MS, '7d')
        .argParser(toMilliseconds),
    )
    .addOption(
      new Option('--room <NAME>', 'the room that it leads to (default: the lobby)')
        .env('PALABRE_INVITE_ROOM')
        .argParser(toName),
    )
    .addOption(
      new Option('--url <URL>', "the page's address (default: what the server listens on)")
        .env('PALABRE_INVITE_URL')
        .argParser(toUrl),
    )
    .addOption(
      new Option(
        '--withdraw <LINK>',
        'an invitation that lets nobody in any more; the link, or what follows invite=',
      )
        .env('PALABRE_INVITE_WITHDRAW')
        .conflicts(['room', 'url']),
    )
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      `
Examples:
  palabre invite                                     a link for a week
  palabre invite --for 30d --room dev --url https://chat.example.org
  palabre invite --withdraw 'https://chat.example.org/#invite=eyJp…'
  palabre invite --json | jq -r .invitation          the key alone, for a client without a browser

Whoever has the link may come in as often as it likes until it ends. Who has come in is not sent away then.

Exit status: 0 done; 1 no server runs there, or it can't be done; 2 usage error.`,
    )
    .allowExcessArguments(false)
    .action(async (flags: InviteFlags) => {
      const { invite } = await import('./invite.ts');
      await invite(flags);
    });
}

function toUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.hash === '' && url.search === '')
    return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('Say the address of the page, as https://chat.example.org.');
}
