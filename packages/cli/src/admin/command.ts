import { isIP } from 'node:net';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { formatDuration, toMilliseconds } from '../terminal/durations.ts';
import { toName } from '../terminal/flags.ts';
import { dataFlag, jsonFlag, type OperatorFlags } from './flags.ts';

interface BanFlags extends OperatorFlags {
  readonly name?: string;
  readonly address?: string;
  readonly for?: number;
  readonly reason?: string;
}

/** `palabre admin`: what is behind it is loaded when it is run. */
export function adminCommand(): Command {
  const admin = new Command('admin')
    .description('look after a running server, as the user that runs it')
    .addOption(dataFlag())
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      `
Examples:
  palabre admin who                                  everybody connected, and members that are waited for
  palabre admin kick troll                           sends troll away; it may come back
  palabre admin ban --name troll --for 7d --reason 'spam, again and again'
  palabre admin ban --address 203.0.113.0/24         nobody from there comes in
  palabre admin bans                                 who is kept out, until when and why
  palabre admin unban --name troll
  palabre admin say 'back in five minutes'           as server, in the lobby
  palabre admin --json stats | jq .stats.members
  palabre admin --data /var/lib/palabre drain        ends the server, as SIGTERM does

It asks the server through a socket in its data directory: a server that keeps nothing (--data none) has none.

Exit status: 0 done; 1 no server runs there, or it can't be done; 2 usage error.`,
    )
    .allowExcessArguments(false);
  for (const command of [who(), kick(), ban(), unban(), bans(), say(), stats(), drain()])
    admin.addCommand(command.allowExcessArguments(false));
  return admin;
}

function who(): Command {
  return new Command('who')
    .description('everybody connected: name, address, way in, form, age, bytes not read yet, rooms')
    .action(async (_, command: Command) => {
      const { run, show } = await behind();
      await run(command.optsWithGlobals(), { command: 'who' }, show.people);
    });
}

function kick(): Command {
  return new Command('kick')
    .description('send somebody away, on all its connections; everybody is told')
    .addArgument(new Argument('<NAME>', 'who').argParser(toName))
    .addOption(reasonFlag('kept in the log of the server'))
    .action(async (name: string, _, command: Command) => {
      const { run, show } = await behind();
      const flags = command.optsWithGlobals<BanFlags>();
      await run(
        flags,
        { command: 'kick', name, reason: flags.reason },
        ({ connections }) => `${name} has been sent away, with ${show.counted(connections)}.\n`,
      );
    });
}

function ban(): Command {
  return new Command('ban')
    .description('keep a name, an address or a network out; whoever matches is sent away at once')
    .addOption(nameFlag())
    .addOption(addressFlag())
    .addOption(
      new Option('--for <TIME>', 'how long: 30m, 12h, 7d … (default: for good)')
        .env('PALABRE_ADMIN_FOR')
        .argParser(toMilliseconds),
    )
    .addOption(reasonFlag('kept with the ban; nobody else is told'))
    .action(async (_, command: Command) => {
      const { run, show } = await behind();
      const flags = command.optsWithGlobals<BanFlags>();
      const request = {
        command: 'ban',
        ...subject(command, flags),
        forMs: flags.for,
        reason: flags.reason,
      } as const;
      await run(flags, request, ({ ban, connections }) => {
        const long = flags.for === undefined ? 'for good' : `for ${formatDuration(flags.for)}`;
        return `${show.who(ban)} is banned ${long}; ${show.counted(connections)} closed for it.\n`;
      });
    });
}

function unban(): Command {
  return new Command('unban')
    .description('let a name, an address or a network in again')
    .addOption(nameFlag())
    .addOption(addressFlag())
    .action(async (_, command: Command) => {
      const { run } = await behind();
      const flags = command.optsWithGlobals<BanFlags>();
      const request = { command: 'unban', ...subject(command, flags) } as const;
      await run(flags, request, ({ subject }) => `${subject} is not banned any more.\n`);
    });
}

function bans(): Command {
  return new Command('bans')
    .description('who is banned, since when, until when and why')
    .action(async (_, command: Command) => {
      const { run, show } = await behind();
      await run(command.optsWithGlobals(), { command: 'bans' }, show.bans);
    });
}

function say(): Command {
  return new Command('say')
    .description('say something as the server')
    .addArgument(new Argument('<TEXT...>', 'what to say'))
    .addOption(
      new Option('--room <NAME>', 'the room to speak in (default: the lobby)')
        .env('PALABRE_ADMIN_ROOM')
        .argParser(toName),
    )
    .action(async (words: readonly string[], { room }: { readonly room?: string }, command: Command) => {
      const { run } = await behind();
      const request = { command: 'say', text: words.join(' '), room } as const;
      await run(command.optsWithGlobals(), request, () => 'Said, and kept.\n');
    });
}

function stats(): Command {
  return new Command('stats')
    .description('how things stand: connections, members, rooms, messages, memory, journal')
    .action(async (_, command: Command) => {
      const { run, show } = await behind();
      await run(command.optsWithGlobals(), { command: 'stats' }, show.stats);
    });
}

function drain(): Command {
  return new Command('drain')
    .description('end the server as SIGTERM does, and wait until it has ended')
    .action(async (_, command: Command) => {
      const { run, show } = await behind();
      await run(
        command.optsWithGlobals(),
        { command: 'drain' },
        ({ connections, boundMs }) =>
          `The server ends: ${show.counted(connections)}, at most ${boundMs / 1000} s.\n`,
      );
    });
}

async function behind() {
  const [{ run }, show] = await Promise.all([import('./run.ts'), import('./show.ts')]);
  return { run, show };
}

function nameFlag(): Option {
  return new Option('--name <NAME>', 'a name, however it is written')
    .env('PALABRE_ADMIN_NAME')
    .argParser(toName);
}

function addressFlag(): Option {
  return new Option('--address <ADDRESS>', 'an address, or a network as 203.0.113.0/24 or 2001:db8::/32')
    .env('PALABRE_ADMIN_ADDRESS')
    .conflicts('name')
    .argParser(toNetwork);
}

function reasonFlag(what: string): Option {
  return new Option('--reason <TEXT>', `why: ${what}`).env('PALABRE_ADMIN_REASON');
}

function subject(command: Command, { name, address }: BanFlags): { name: string } | { address: string } {
  if (name !== undefined) return { name };
  if (address !== undefined) return { address };
  return command.error('error: say who, with --name NAME or --address ADDRESS', { exitCode: 2 });
}

function toNetwork(text: string): string {
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const size = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (Number(bits) <= size) return text;
  throw new InvalidArgumentError(
    'Say an address or a network, as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.',
  );
}
