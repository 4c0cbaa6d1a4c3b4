import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { describe } from '../completion/describe.ts';
import { program } from '../program.ts';
import { needs } from '../terminal/testing/needs.ts';
import { Account } from '../terminal/testing/program.ts';
import { manual } from './manual.ts';
import { escaped, prose } from './roff.ts';

const palabre = describe(await program());
const page = manual(palabre, '1.2.3');

test('every command, flag, variable and example is in the page', () => {
  for (const command of [
    palabre,
    ...palabre.commands,
    ...palabre.commands.flatMap(({ commands }) => commands),
  ]) {
    assert.ok(page.includes(escaped(command.name)));
    for (const { names, env } of command.flags) {
      for (const name of names) assert.ok(page.includes(escaped(name)), name);
      if (env !== undefined) assert.ok(page.includes(env), env);
    }
    for (const line of command.after.split('\n'))
      assert.ok(page.includes(escaped(line.replace(/^ {2}/, ''))), line);
  }
});

test('every command teaches by example, and says with what status it ends', () => {
  for (const { name, after } of palabre.commands.filter(({ name }) => name !== 'serve' && name !== 'check')) {
    assert.match(after, new RegExp(`^Examples:\n(?: {2}.*palabre ${name}.*\n)+`), name);
    assert.match(after, /Exit status: 0/, name);
  }
});

test('text stands in it as it is', () => {
  assert.equal(escaped(".a\n'b\n\\c -d"), "\\&.a\n\\&'b\n\\ec \\-d");
  assert.equal(prose('One:\n  a  b\n\nTwo.'), '.PP\nOne:\n.EX\na  b\n.EE\n.PP\nTwo.');
});

test('groff has nothing to say against it', (t) => {
  if (!needs(t, 'groff', 'apt-get install groff')) return;
  const { stdout, stderr } = spawnSync('groff', ['-man', '-ww', '-K', 'utf8', '-T', 'utf8'], {
    input: page,
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.match(stdout, /PALABRE\(1\)/);
});

test('palabre man prints it where there is no terminal', async () => {
  using account = new Account();
  const { status, stdout, stderr } = await account.run(['man']);
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^\.TH PALABRE 1/);
});
