import { styleText } from 'node:util';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type Address, formatAddress, parseAddress } from '../address.ts';
import { keyFlag, keyOf } from '../terminal/key.ts';
import { catalogue } from './catalogue.ts';
import { NoServer, type Outcome, speaksNineWords } from './check.ts';
import type { Report } from './report.ts';
import { jsonReport } from './report-json.ts';
import { tapReport } from './report-tap.ts';
import { textReport } from './report-text.ts';
import { run } from './run.ts';

export type Format = 'text' | 'tap' | 'json';

export type CheckOptions = {
  /** The deadline for one expected line, ms. */
  readonly timeout: number;
  readonly format: Format;
  /** The key itself. */
  readonly keyFile?: string;
};

/** Where a run of the kit writes. */
export type Output = {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Colours `text` where the output is a terminal. */
  readonly paint: Parameters<typeof textReport>[1];
};

/** Every must holds; some must fails or could not be judged; no server there, or a usage error. */
export type ExitStatus = 0 | 1 | 2;

/** `palabre check HOST:PORT`. Its action sets `process.exitCode`. */
export function checkCommand(): Command {
  return new Command('check')
    .description('is that server, whoever wrote it, one of the nine words?')
    .addArgument(new Argument('<HOST:PORT>', 'its TCP address').argParser(toAddress))
    .addOption(keyFlag())
    .addOption(
      new Option('--timeout <MS>', 'deadline for one expected line, in milliseconds')
        .env('PALABRE_TIMEOUT')
        .default(1_000)
        .argParser(toMilliseconds),
    )
    .addOption(
      new Option('--format <FORMAT>', 'how to report')
        .env('PALABRE_FORMAT')
        .choices(['text', 'tap', 'json'])
        .default('text'),
    )
    .addHelpText(
      'after',
      '\nExit status: 0 every must holds; 1 some must does not; 2 usage error, or no server there.',
    )
    .action(async (address: Address, options: CheckOptions) => {
      // Whoever reads the report (`| head`) has read enough.
      process.stdout.on('error', () => process.exit(2));
      process.exitCode = await check(address, options, {
        out: (text) => process.stdout.write(text),
        error: (text) => process.stderr.write(text),
        paint: (style, text) => styleText(style, text, { stream: process.stdout }),
      });
    });
}

/** Checks the server at `address`, reports as it goes, and returns the exit status. */
export async function check(address: Address, options: CheckOptions, output: Output): Promise<ExitStatus> {
  const report = reportFor(address, options, output);
  const outcomes: Outcome[] = [];
  try {
    for await (const outcome of run(catalogue, {
      address,
      key: keyOf(options),
      timeoutMs: options.timeout,
    })) {
      if (outcomes.length === 0) output.out(report.begin(catalogue.length));
      outcomes.push(outcome);
      output.out(report.outcome(outcome));
    }
  } catch (error) {
    if (!(error instanceof NoServer)) throw error;
    output.error(
      `palabre check: ${formatAddress(address)}: ${error.message}. Start the server, or give the HOST:PORT where it listens for TCP.\n`,
    );
    return 2;
  }
  output.out(report.end(outcomes));
  return speaksNineWords(outcomes) ? 0 : 1;
}

function reportFor(address: Address, { format, timeout }: CheckOptions, { paint }: Output): Report {
  switch (format) {
    case 'text':
      return textReport(formatAddress(address), paint);
    case 'tap':
      return tapReport();
    case 'json':
      return jsonReport(formatAddress(address), timeout);
    default:
      return format satisfies never;
  }
}

function toAddress(text: string): Address {
  const address = parseAddress(text);
  if (address && address.port > 0) return address;
  throw new InvalidArgumentError('Expected HOST:PORT, as in 127.0.0.1:7070 or [::1]:7070.');
}

function toMilliseconds(text: string): number {
  const ms = Number(text);
  if (Number.isInteger(ms) && ms >= 10 && ms <= 600_000) return ms;
  throw new InvalidArgumentError('Expected whole milliseconds, 10 to 600000.');
}
