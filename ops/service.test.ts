/** The unit for systemd, as systemd itself judges it. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';

const UNIT = readFileSync(resolve(import.meta.dirname, 'systemd/palabre.service'), 'utf8');
const PROGRAM = resolve(import.meta.dirname, '../packages/cli/bin/palabre.js');
const run = promisify(execFile);

/** The unit, with a program that is on this machine; `undefined` where there is no systemd to ask, and the test is skipped. */
function unit(t: TestContext): string | undefined {
  if (spawnSync('systemd-analyze', ['--version']).error) {
    const why = 'systemd-analyze is not on this machine; to have it: apt-get install systemd';
    if (process.env.CI === 'true') throw new Error(why);
    t.skip(why);
    return undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), 'palabre-unit-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'palabre.service');
  writeFileSync(file, UNIT.replace('/opt/palabre/bin/palabre', PROGRAM));
  return file;
}

test('systemd finds nothing wrong with it', async (t) => {
  const file = unit(t);
  if (file === undefined) return;
  const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', file]);
  assert.deepEqual([stdout, stderr], ['', '']);
});

test('an exposure of at most 2.0, where 10 is that of a service without any of it', async (t) => {
  const file = unit(t);
  if (file === undefined) return;
  const { stdout } = await run('systemd-analyze', [
    'security',
    '--offline=true',
    '--threshold=20',
    '--no-pager',
    file,
  ]);
  const [, level = ''] = /Overall exposure level.*: ([\d.]+)/.exec(stdout) ?? [];
  t.diagnostic(`exposure ${level}`);
  assert.ok(level !== '' && Number(level) <= 2);
});
