/** What an operator does over the whole server: its events, and what a restart keeps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventLog } from '../event-log.ts';
import { Admin } from '../testing/admin.ts';
import { directory } from '../testing/extended.ts';
import { Peer, testServer } from '../testing/peer.ts';

test('each act is an event, one line; never what was said, never an invitation', async (t) => {
  const told: { readonly message: string; readonly fields: object }[] = [];
  const tell = (fields: object, message: string): void => void told.push({ message, fields });
  const events = { debug: tell, info: tell, warn: tell, error: tell } as EventLog;
  const data = directory(t);
  const server = await testServer({ data, events });
  {
    await using admin = await Admin.connect(data);
    const ana = await Peer.enter(server, 'ana');
    await admin.ask({ command: 'kick', name: 'ANA', reason: 'rude' });
    await ana.hearsLast('LFT ana');
    await admin.ask({ command: 'ban', address: '192.0.2.0/24', forMs: 60_000, reason: 'spam' });
    await admin.ask({ command: 'unban', address: '192.0.2.0/24' });
    await admin.ask({ command: 'say', text: 'a secret text' });
    const { invitation } = await admin.ask({ command: 'invite', forMs: 60_000 });
    await admin.ask({ command: 'withdraw', invitation });
    await admin.ask({ command: 'kick', name: 'nobody' });
    assert.doesNotMatch(JSON.stringify(told), new RegExp(`secret|${invitation}`));
  }
  await server.stop();
  const own = ['kicked', 'banned', 'unbanned', 'said', 'invited', 'withdrawn', 'draining'];
  assert.deepEqual(
    told.map(({ message }) => message).filter((message) => own.includes(message)),
    own,
  );
  const [kicked, banned] = told.filter(({ message }) => message === 'kicked' || message === 'banned');
  assert.deepEqual(kicked?.fields, { name: 'ANA', reason: 'rude', connections: 1 });
  assert.ok(banned);
  const { since, until, ...rest } = banned.fields as { since: number; until: number };
  assert.equal(until - since, 60_000);
  assert.deepEqual(rest, { address: '192.0.2.0/24', reason: 'spam', connections: 0 });
});

test('a withdrawn invitation stays withdrawn over a restart', async (t) => {
  const data = directory(t);
  const first = await testServer({ data });
  let invitation = '';
  {
    await using admin = await Admin.connect(data);
    ({ invitation } = await admin.ask({ command: 'invite', forMs: 60_000, room: 'dev' }));
    assert.equal((await admin.ask({ command: 'withdraw', invitation })).ok, true);
  }
  await first.stop();
  await using _ = await testServer({ data });
  await using admin = await Admin.connect(data);
  assert.match((await admin.ask({ command: 'withdraw', invitation })).error, /over or withdrawn already/);
  const { invitation: other } = await admin.ask({ command: 'invite', forMs: 60_000 });
  assert.equal((await admin.ask({ command: 'withdraw', invitation: other })).ok, true);
});
