import { type RunningServer, startServer } from '@palabre/server';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Address, parseAddress } from '../address.ts';
import { explain } from './explain.ts';
import { greeting } from './greeting.ts';

interface ServeFlags {
  readonly tcp: Address;
  readonly data: 'none';
  readonly rate: number | 'off';
  readonly maxConnections: number;
}

/** `palabre serve`: every flag is an environment variable too. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the server; Ctrl-C stops it')
    .addOption(
      new Option('--tcp <HOST:PORT>', 'where to listen for lines over TCP; port 0 takes a free one')
        .env('PALABRE_TCP')
        .default({ host: '127.0.0.1', port: 7070 }, '127.0.0.1:7070: this machine alone')
        .argParser(toAddress),
    )
    .addOption(
      new Option('--data <none>', 'what to keep: nothing, for now (the journal is yet to come)')
        .env('PALABRE_DATA')
        .default('none')
        .choices(['none']),
    )
    .addOption(
      new Option(
        '--rate <LINES|off>',
        'lines a second that one connection may say, five times as many at once',
      )
        .env('PALABRE_RATE')
        .default(20)
        .argParser(toRate),
    )
    .addOption(
      new Option('--max-connections <N>', 'connections at a time')
        .env('PALABRE_MAX_CONNECTIONS')
        .default(10_000)
        .argParser(toCount),
    )
    .addHelpText(
      'after',
      `
Examples:
  palabre serve                        for this machine alone
  palabre serve --tcp 0.0.0.0:7070     for everybody who can reach it
  PALABRE_RATE=off palabre serve       the same flags as environment variables`,
    )
    .allowExcessArguments(false)
    .action(serve);
}

async function serve(flags: ServeFlags): Promise<void> {
  let server: RunningServer;
  try {
    server = await startServer(flags);
  } catch (error) {
    process.stderr.write(`palabre: ${explain(error, flags.tcp)}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(greeting(server.tcp));
  const stop = (): void => {
    // A second signal ends the process at once, as it would any other.
    process.off('SIGINT', stop).off('SIGTERM', stop);
    void server.stop();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

function toAddress(text: string): Address {
  const address = parseAddress(text);
  if (address) return address;
  throw new InvalidArgumentError('Say HOST:PORT, as in 127.0.0.1:7070 or [::1]:7070.');
}

function toRate(text: string): number | 'off' {
  if (text === 'off') return 'off';
  const rate = Number(text);
  if (!(rate > 0 && Number.isFinite(rate))) {
    throw new InvalidArgumentError('Say a number of lines a second above 0, or off.');
  }
  return rate;
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('Say a whole number above 0.');
  return count;
}
