import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from './program.ts';

test('who asks for one command gets that one alone; who asks for anything else, all', async () => {
  const names = async (asked?: string): Promise<string[]> =>
    (await program(asked)).commands.map((command) => command.name());
  assert.deepEqual(await names('join'), ['join']);
  const operators = ['admin', 'invite', 'backup', 'restore', 'export'];
  const all = ['serve', 'join', 'send', 'tail', ...operators, 'check', 'completion', 'man'];
  for (const asked of [undefined, '--help', 'nonsense', 'constructor'])
    assert.deepEqual(await names(asked), all);
});

test('every flag is an environment variable too', async () => {
  const { commands } = await program();
  for (const command of [...commands, ...commands.flatMap(({ commands }) => commands)]) {
    for (const { long = '', envVar = '' } of command.options) {
      const name = long.slice(2).toUpperCase().replaceAll('-', '_');
      assert.match(envVar, new RegExp(`^PALABRE_(?:[A-Z]+_)?${name}$`), `${command.name()} ${long}`);
    }
  }
});
