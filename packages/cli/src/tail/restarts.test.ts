/** 100,000 lines from `palabre send` to `palabre tail`, while the server is killed and started again, three times. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { connect } from '@palabre/client';
import { Account } from '../terminal/testing/program.ts';
import { Server } from '../terminal/testing/server.ts';

const LINES = 100_000;
/** When so many lines have come the server is killed. */
const KILLS = [20_000, 45_000, 70_000];

/** Resolves when it listens. */
async function arrivalOfTail(address: string): Promise<void> {
  await using chat = await connect(address, { name: 'zoe' });
  while ((await chat.who()).length < 2) for await (const event of chat) if (event.type === 'arrived') break;
}

test(`8.2 ${LINES} lines, once each and in order, through ${KILLS.length} restarts`, {
  timeout: 300_000,
}, async (t) => {
  await using server = await Server.start();
  using account = new Account();
  const tail = account.start(['tail', '--server', server.address, '--json']);
  await arrivalOfTail(server.address);
  const numbers = Array.from({ length: LINES }, (_, n) => String(n + 1));
  const begun = performance.now();
  const sent = account.run(['send', '--server', server.address, '--as', 'ana'], numbers.join('\n'));
  const kills = [...KILLS];
  let restarted = Promise.resolve();
  let expected = 1;
  for await (const line of createInterface(tail.stdout)) {
    const { text } = JSON.parse(line);
    assert.equal(text, String(expected));
    if (expected++ === LINES) break;
    if (expected <= (kills[0] ?? Number.POSITIVE_INFINITY)) continue;
    kills.shift();
    restarted = restarted.then(() => server.kill()).then(() => server.start());
  }
  await restarted;
  assert.deepEqual(await sent, { status: 0, stdout: '', stderr: '' });
  assert.deepEqual([kills, expected], [[], LINES + 1]);
  t.diagnostic(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
  tail.kill('SIGINT');
  const [status] = await once(tail, 'close');
  assert.equal(status, 0);
});
