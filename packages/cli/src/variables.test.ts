import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Option } from 'commander';
import { program } from './program.ts';

interface Switch {
  readonly command: string;
  readonly option: Option;
}

/** Every flag without a value. */
const SWITCHES: readonly Switch[] = (await program()).commands.flatMap((command) =>
  command.options
    .filter((option) => option.isBoolean())
    .map((option) => ({ command: command.name(), option })),
);

/** Those that are on where their variables say this; `typed`: where they are typed, too. */
async function on(said: string, { typed = false } = {}): Promise<string[]> {
  const found: string[] = [];
  for (const { command, option } of SWITCHES) {
    const { envVar = '', long = '' } = option;
    process.env[envVar] = said;
    const [asked] = (await program(command)).commands;
    assert.ok(asked);
    const needed = asked.registeredArguments.filter(({ required }) => required).map(() => 'FILE');
    asked.action(() => {}).parse([...needed, ...(typed ? [long] : [])], { from: 'user' });
    delete process.env[envVar];
    if (asked.getOptionValue(option.attributeName())) found.push(`${command} ${long}`);
  }
  return found;
}

const ALL = SWITCHES.map(({ command, option }) => `${command} ${option.long}`);

test('the variable of a flag without a value turns it on', async () => {
  for (const flag of ['serve --public', 'backup --force', 'export --private', 'admin --json'])
    assert.ok(ALL.includes(flag), flag);
  assert.deepEqual(await on('1'), ALL);
});

test('one that says no does not; the flag wins', async () => {
  for (const no of ['', '0', 'off', 'no', 'false', 'FALSE'])
    assert.deepEqual(await on(no), [], `PALABRE_…=${no}`);
  assert.deepEqual(await on('0', { typed: true }), ALL);
});
