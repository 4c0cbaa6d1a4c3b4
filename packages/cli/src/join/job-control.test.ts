/** What the system and the shell do to `palabre join`: it is stopped, goes on, loses its terminal. In real terminals: tmux. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect } from '@palabre/client';
import { needs } from '../terminal/testing/needs.ts';
import { Server } from '../terminal/testing/server.ts';
import { type Pane, Tmux } from '../terminal/testing/tmux.ts';
import { until } from '../terminal/testing/until.ts';

const TIMEOUT = { timeout: 120_000 };

function hasTmux(t: TestContext): boolean {
  return needs(t, 'tmux', 'apt-get install tmux');
}

/** Waits until nothing of ours is on the screen. */
function givesBack(pane: Pane): Promise<void> {
  return pane.shows((screen) => !screen.some((row) => row.includes('online')));
}

test('Ctrl-Z gives the shell back, whatever has started us; fg goes on', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await Server.start();
  using tmux = new Tmux();
  await using bo = await connect(server.address, { name: 'bo' });
  const ana = tmux.openShell('ana');
  ana.say(`palabre join ${server.address} --as ana`);
  await ana.sees('2 here: bo ana');
  ana.type('half a li');
  await ana.sees('> half a li');
  ana.press('C-z');
  await givesBack(ana);
  ana.say('echo $((6 * 7))');
  await ana.sees(/^42$/);
  await bo.say('meanwhile');
  ana.say('fg');
  await ana.sees('bo: meanwhile');
  await ana.sees('> half a li');
  ana.say('ne');
  await ana.sees('ana: half a line');
  ana.say('/quit');
  await givesBack(ana);
  ana.say('echo $((6 * 8))');
  await ana.sees(/^48$/);
});

test('Ctrl-Z where there is no shell to go back to does no harm', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await Server.start();
  using tmux = new Tmux();
  await using bo = await connect(server.address, { name: 'bo' });
  const ana = tmux.openAlone('ana', ['join', server.address, '--as', 'ana']);
  await ana.sees('2 here: bo ana');
  for (const text of ['once', 'twice']) {
    ana.press('C-z');
    await bo.say(text);
    await ana.sees(`bo: ${text}`);
    ana.say(`${text} more`);
    await ana.sees(`ana: ${text} more`);
  }
  assert.equal(ana.everything.filter((row) => row.includes('online')).length, 1);
});

test('a terminal that is gone is no good-bye: the server keeps the place', TIMEOUT, async (t) => {
  // In a session that is not the terminal's there is no SIGHUP: nothing but the end of the input tells it.
  if (!hasTmux(t) || !needs(t, 'setsid', 'apt-get install util-linux')) return;
  await using server = await Server.start();
  using tmux = new Tmux();
  await using bo = await connect(server.address, { name: 'bo' });
  const folder = mkdtempSync(join(tmpdir(), 'palabre-gone-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'status');
  const ana = tmux.openShell('ana');
  ana.say(`setsid --wait sh -c 'palabre join ${server.address} --as ana; echo $? > ${file}'`);
  await ana.sees('2 here: bo ana');
  ana.hangUp();
  const status = await until(
    () => existsSync(file) && (readFileSync(file, 'utf8').trim() || false),
    () => 'it has not ended',
  );
  assert.equal(status, '0');
  assert.deepEqual(await bo.who(), ['bo', 'ana']);
});
