import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { program } from '../program.ts';
import { Account } from '../terminal/testing/program.ts';
import { describe } from './describe.ts';
import { SHELLS } from './shells.ts';

const palabre = describe(await program());
const scripts = new Map([...SHELLS].map(([shell, make]) => [shell, make(palabre)]));

for (const [shell, script] of scripts) {
  test(`${shell}: every command and every flag is in the script`, () => {
    for (const { name, flags } of palabre.commands) {
      assert.match(script, new RegExp(`\\b${name}\\b`));
      for (const { names } of flags)
        for (const flag of names) assert.ok(script.includes(flag.replace(/^-+/, '')), `${name} ${flag}`);
    }
  });
}

test('palabre completion prints it', async () => {
  using account = new Account();
  for (const [shell, script] of scripts)
    assert.deepEqual(await account.run(['completion', shell]), { status: 0, stdout: script, stderr: '' });
  const { status, stderr } = await account.run(['completion', 'tcsh']);
  assert.equal(status, 2);
  assert.match(stderr, /Allowed choices are bash, zsh, fish/);
});

/** What bash completes the last of these words with. */
function completed(...words: readonly string[]): string[] {
  const ask =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash that reads it.
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _palabre; ((${#COMPREPLY[@]})) && printf "%s\\n" "${COMPREPLY[@]}"; :';
  const printed = execFileSync('bash', ['-c', `${scripts.get('bash')}\n${ask}`, 'bash', ...words], {
    encoding: 'utf8',
    // compopt can't know outside of a completion what it is about.
    stdio: ['ignore', 'pipe', 'ignore'],
    cwd: import.meta.dirname,
  });
  return printed.split('\n').filter((word) => word !== '');
}

test('bash: commands, flags, choices, files; nothing where nobody can guess', () => {
  assert.deepEqual(completed('palabre', 's'), ['serve', 'send']);
  assert.deepEqual(completed('palabre', 'send', '--t'), ['--to', '--timeout']);
  assert.deepEqual(completed('palabre', 'send', '--to', ''), []);
  assert.deepEqual(completed('palabre', 'check', '--format', 't'), ['text', 'tap']);
  assert.deepEqual(completed('palabre', 'completion', ''), ['bash', 'zsh', 'fish', '-h', '--help']);
  assert.deepEqual(completed('palabre', 'restore', 'completion.t'), ['completion.test.ts']);
  assert.deepEqual(completed('palabre', 'serve', '--data', 'completion.t'), ['completion.test.ts']);
  assert.ok(completed('palabre', '').includes('join'));
  assert.deepEqual(completed('palabre', 'admin', 'b'), ['ban', 'bans']);
  assert.deepEqual(completed('palabre', 'admin', 'ban', '--re'), ['--reason']);
});
