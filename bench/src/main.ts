/** `npm run bench`: Palabre and its peers side by side. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { CONTENDERS } from './contenders/all.ts';
import { shareCores } from './contenders/launch.ts';
import { html } from './report/html.ts';
import { table } from './report/table.ts';
import { run } from './run.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { DEFAULTS, QUICK, type Settings } from './settings.ts';
import { SMALLEST_TEXT } from './verify/message-line.ts';

const REPORT = fileURLToPath(new URL('../report.html', import.meta.url));

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('A whole number from 1 on is needed.');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 86_400)) throw new InvalidArgumentError('A number over 0 is needed.');
  return value;
}

/** A list with commas of some of these names. */
function someOf(names: readonly string[]): (text: string) => string[] {
  return (text) => {
    const chosen = text.split(',');
    const unknown = chosen.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is none of ${names.join(', ')}.`);
    return chosen;
  };
}

type Flags = Partial<Settings> & {
  only?: string[];
  scenario?: string[];
  anyCore?: boolean;
  quick?: boolean;
  report?: string;
  json?: string;
};

const families = [...new Set(SCENARIOS.map(({ name }) => name.split('-', 1)[0] ?? name))];
const names = CONTENDERS.map(({ name }) => name);
const program = new Command('npm run bench --')
  .description(
    'Measures Palabre and its peers side by side. Exit status 1 if a message was lost, doubled or out of order.',
  )
  .option('--members <count>', `fan-out: members of the room (${DEFAULTS.members})`, whole)
  .option('--speakers <count>', `members who speak (${DEFAULTS.speakers})`, whole)
  .option(
    '--in-flight <count>',
    `fan-out: messages said and not yet with everybody (${DEFAULTS.inFlight})`,
    whole,
  )
  .option('--rate <count>', 'fan-out: messages a second, instead of a number in flight', whole)
  .option('--size <bytes>', `bytes of a text (${DEFAULTS.size})`, whole)
  .option('--seconds <seconds>', `measured in each turn (${DEFAULTS.seconds})`, positive)
  .option('--rounds <count>', `turns of every contender (${DEFAULTS.rounds})`, whole)
  .option('--join-members <count>', `join: members, but with IRC servers (${DEFAULTS.joinMembers})`, whole)
  .option('--join-members-for-all <count>', `join: members with all (${DEFAULTS.joinMembersForAll})`, whole)
  .option(
    '--attempts <count>',
    'connections coming in at any moment (as many as suit each contender best)',
    whole,
  )
  .option(
    '--outstanding <count>',
    `receipts: messages that each speaker has no receipt for, 128 at most (${DEFAULTS.outstanding})`,
    whole,
  )
  .option('--messages <count>', `history: messages in the journal (${DEFAULTS.messages})`, whole)
  .option('--asks <count>', `history: how often each question is asked (${DEFAULTS.asks})`, whole)
  .option(
    '--web-rate <count>',
    `WebSockets: messages a second where nothing else is in flight (${DEFAULTS.webRate})`,
    whole,
  )
  .option('--abuse-seconds <seconds>', `abuse: measured beside abusers (${DEFAULTS.abuseSeconds})`, positive)
  .option('--abuse-alone <seconds>', `abuse: measured before they come (${DEFAULTS.abuseAlone})`, positive)
  .option(
    '--soak-minutes <minutes>',
    `soak: how long it runs (${DEFAULTS.soakMinutes}; 30 tells something)`,
    positive,
  )
  .option('--only <names>', `some of ${names.join(',')}`, someOf(names))
  .option('--scenario <names>', `some of ${families.join(',')}`, someOf(families))
  .option('--any-core', 'servers and load on any core, instead of each on one of its own')
  .option('--quick', 'a few seconds, to see that all works: the figures say nothing')
  .option('--report <file>', 'write an HTML page there (bench/report.html, when everything is measured)')
  .option('--json <file>', 'write the figures there')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

const { only, scenario, anyCore, quick, report, json, ...sizes } = program.opts<Flags>();
if (anyCore) shareCores();
const settings: Settings = { ...(quick ? QUICK : DEFAULTS), ...sizes };
if (settings.size < SMALLEST_TEXT)
  fail(`--size must be ${SMALLEST_TEXT} at least: two numbers are in each text`);
if (settings.speakers > Math.min(settings.members, settings.latencyMembers))
  fail('--speakers must be members too');
if (settings.outstanding > 128) fail('--outstanding must be 128 at most (docs/protocol.md, 3.6)');
if (settings.inFlight < settings.speakers) fail('--in-flight must be one for each speaker at least');

const chosen = CONTENDERS.filter(({ name }) => only?.includes(name) ?? true);
const installed = chosen.filter((contender) => contender.version() !== null);
for (const { name, howToHave } of chosen.filter((contender) => !installed.includes(contender))) {
  console.log(`skipped: ${name}, which is not installed (${howToHave})`);
}

const results = await run(
  {
    scenarios: SCENARIOS.filter(
      ({ name }) => scenario?.some((s) => name === s || name.startsWith(`${s}-`)) ?? true,
    ),
    contenders: installed,
    settings,
    command: commandOf(process.argv.slice(2)),
  },
  tell,
);
tell(null);
console.log(table(results));
if (json) writeFileSync(json, `${JSON.stringify(results, null, 1)}\n`);
const page = report ?? (quick || only || scenario ? undefined : REPORT);
if (page) writeFileSync(page, html(results));
if (results.faults.length > 0) process.exitCode = 1;

/** The command that measures the same: where its figures went is nobody else's business. */
function commandOf(flags: readonly string[]): string {
  const places = ['--json', '--report'];
  const measured = flags.filter((flag, i) => !places.includes(flag) && !places.includes(flags[i - 1] ?? ''));
  return ['npm run bench --', ...measured].join(' ').replace(/ --$/, '');
}

/** What is under way: one line of the terminal, written over; null wipes it. */
function tell(what: string | null): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what ?? ''}`);
  else if (what !== null) process.stderr.write(`${what}\n`);
}

function fail(what: string): never {
  process.stderr.write(`${what}\n`);
  process.exit(2);
}
