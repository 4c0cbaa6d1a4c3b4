import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '@palabre/client';
import { plain } from '../terminal/paint.ts';
import { Server } from '../terminal/testing/server.ts';
import { Seat } from './seat.ts';

test('more pasted lines than may wait for their receipts are all said', { timeout: 120_000 }, async () => {
  await using server = await Server.start();
  await using chat = await connect(server.address, { name: 'ana' });
  const printed: string[] = [];
  const seat = new Seat(chat, {
    where: { address: server.address, name: 'ana', room: undefined, session: undefined, key: undefined },
    room: undefined,
    paint: plain,
    stage: { print: (lines) => void printed.push(...lines), refresh: () => {}, call: () => {} },
    keep: () => {},
  });
  const over = seat.run();
  const all = Array.from({ length: 1500 }, (_, n) => String(n + 1));
  await seat.typing.saidTogether(all);
  await seat.typing.answered();
  assert.deepEqual([seat.typing.undone, seat.status.unsaid], [0, 0]);
  await chat.close();
  assert.equal(await over, undefined);
  const said = printed.flatMap((line) => /^(?:\d\d:\d\d ana:| {5}) (\d+)$/.exec(line)?.[1] ?? []);
  assert.deepEqual(said, all);
});
