/** What docs/protocol.md says of the server's operator (3.5, 4.7, 4.8), over real sockets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Admin } from './testing/admin.ts';
import { directory, enter, heard, hears, history, resume } from './testing/extended.ts';
import { Peer, testServer } from './testing/peer.ts';
import { WebPeer } from './testing/web-peer.ts';

const HTTP = { address: { host: '127.0.0.1', port: 0 }, page: undefined, allowOrigins: [] };

test('3.5 who is kicked leaves, on all its connections, told to all and to itself; its token is dead', async (t) => {
  const data = directory(t);
  await using server = await testServer({ data, http: HTTP });
  await using admin = await Admin.connect(data);
  const { peer: ana, token } = await enter(server, 'ana');
  const second = await resume(server, token, 0);
  await hears(second, { token, resumed: '' }, 'ARR ana');
  await hears(second, { count: '0' }, 'HST');
  const bo = await Peer.enter(server, 'bo');
  const cy = await WebPeer.enter(server, 'cy');
  for (const one of [ana, second]) await hears(one, {}, 'ARR bo');
  for (const one of [ana, second]) await hears(one, {}, 'ARR cy');
  await bo.hears('ARR cy');
  assert.deepEqual(await admin.ask({ command: 'kick', name: 'Ana' }), { ok: true, connections: 2 });
  for (const one of [ana, second]) {
    await hears(one, { why: 'kicked' }, 'LFT ana');
    await one.hearsLast();
  }
  await bo.hears('LFT ana');
  await cy.hears('LFT ana');
  const late = await resume(server, token, 0, 'late');
  const { tags, line } = await heard(late);
  assert.equal(line, 'ARR late');
  assert.ok(!('resumed' in tags) && tags.token !== token, 'it is somebody new');
  await bo.hears('ARR late');
  await cy.hears('ARR late');
  await admin.ask({ command: 'kick', name: 'bo' });
  await bo.hearsLast('LFT bo');
  await cy.hears('LFT bo');
  await admin.ask({ command: 'kick', name: 'cy' });
  await cy.hears('LFT cy');
  assert.equal(await cy.closed(), 1000);
});

test('4.7 a banned name: whoever has it is kicked, whoever asks for it gets ERR and is closed', async (t) => {
  const data = directory(t);
  await using server = await testServer({ data, http: HTTP });
  await using admin = await Admin.connect(data);
  const troll = await Peer.enter(server, 'troll');
  const { ok, connections } = await admin.ask({ command: 'ban', name: 'Troll', reason: 'spam' });
  assert.deepEqual([ok, connections], [true, 1]);
  await troll.hearsLast('LFT troll');
  const again = await Peer.connect(server);
  again.say('IAM ＴＲＯＬＬ', 'MSG I am back');
  await again.hearsLast('WHO', 'ERR ＴＲＯＬＬ');
  const extended = await Peer.connect(server);
  extended.say('EXT', '@ref=1 IAM troll');
  await extended.next();
  await extended.next();
  await hears(extended, { ref: '1', why: 'banned' }, 'ERR troll');
  await extended.hearsLast();
  const web = await WebPeer.connect(server);
  web.say('IAM troll');
  await web.hears('WHO', 'ERR troll');
  assert.equal(await web.closed(), 1000);
  const { peer: bo } = await enter(server, 'bo');
  bo.say('@ref=2 IAM troll', '@ref=3 WHO');
  await hears(bo, { ref: '2', why: 'banned' }, 'ERR troll');
  await hears(bo, { ref: '3' }, 'WHO bo');
  await admin.ask({ command: 'unban', name: 'TROLL' });
  await Peer.enter(server, 'troll');
});

test('4.7 a banned network: whoever comes from there is kicked and gets ERR, whatever name or token; a restart keeps it', async (t) => {
  const data = directory(t);
  const begun = await testServer({ data });
  const { peer: ana, token } = await enter(begun, 'ana');
  const stranger = await Peer.connect(begun);
  await stranger.hears('WHO');
  {
    await using admin = await Admin.connect(data);
    const answer = await admin.ask({ command: 'ban', address: '127.1.2.3/8', forMs: 3_600_000 });
    assert.equal(answer.connections, 2);
    assert.equal(answer.ban.address, '127.0.0.0/8');
  }
  await hears(ana, { why: 'kicked' }, 'LFT ana');
  await ana.hearsLast();
  await stranger.hearsLast();
  await begun.stop();
  await using server = await testServer({ data });
  await using admin = await Admin.connect(data);
  for (const line of ['IAM bo', `@token=${token} IAM ana`]) {
    const peer = await Peer.connect(server);
    peer.say(line);
    await peer.hearsLast('WHO', `ERR ${line.slice(-3).trim()}`);
  }
  const { bans } = await admin.ask({ command: 'bans' });
  assert.equal(bans.length, 1);
  await admin.ask({ command: 'unban', address: '127.0.0.0/8' });
  await Peer.enter(server, 'bo');
});

test('4.7 a ban ends by itself', async (t) => {
  const data = directory(t);
  await using server = await testServer({ data });
  await using admin = await Admin.connect(data);
  await admin.ask({ command: 'ban', name: 'bo', forMs: 300 });
  const { bans } = await admin.ask({ command: 'bans' });
  assert.equal(bans.length, 1);
  for (;;) {
    const peer = await Peer.connect(server);
    peer.say('IAM bo');
    await peer.hears('WHO');
    if ((await peer.next()) === 'ARR bo') break;
  }
  assert.deepEqual(await admin.ask({ command: 'bans' }), { ok: true, bans: [] });
});

test("4.8 what the server says everybody sees, kept as any message; its name is nobody else's", async (t) => {
  const data = directory(t);
  await using server = await testServer({ data });
  await using admin = await Admin.connect(data);
  const { peer: ana } = await enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await hears(ana, {}, 'ARR bo');
  ana.say('@room=dev IAM ana');
  await hears(ana, { room: 'dev' }, 'ARR ana');
  assert.deepEqual(await admin.ask({ command: 'say', text: 'back in five minutes' }), { ok: true });
  await bo.hears('MSG server back in five minutes');
  const { tags, line } = await heard(ana);
  assert.equal(line, 'MSG server back in five minutes');
  assert.match(tags.id ?? '', /^\d+$/);
  assert.deepEqual(await admin.ask({ command: 'say', text: 'you', room: 'DEV' }), { ok: true });
  assert.equal((await heard(ana)).line, 'MSG server you');
  bo.say('IAM Server', 'PRV server hello', 'WHO');
  await bo.hears('TKN Server', 'ERR bo', 'WHO ana bo');
  const stranger = await Peer.connect(server);
  stranger.say('IAM ｓｅｒｖｅｒ');
  await stranger.hears('WHO', 'TKN ｓｅｒｖｅｒ');
  assert.deepEqual(await history(ana, 'from=server'), ['MSG server back in five minutes']);
  assert.deepEqual(await history(ana, 'room=dev'), ['MSG server you']);
  const { error } = await admin.ask({ command: 'say', text: 'x', room: 'nowhere' });
  assert.match(error, /nowhere/);
});

test('3.5 who is kicked while it is read slowly, or not at all, is gone all the same', async (t) => {
  const data = directory(t);
  await using server = await testServer({ data, rate: 1, http: HTTP });
  await using admin = await Admin.connect(data);
  const flood = await Peer.enter(server, 'flood');
  flood.say(...Array.from({ length: 5000 }, (_, i) => `PRV flood ${i}`)); // 5 at once, and then one a second.
  await flood.hears('PRV flood 0');
  const web = await WebPeer.enter(server, 'web');
  web.say(...Array.from({ length: 50 }, () => 'MSG flood'));
  for (const name of ['flood', 'web']) assert.equal((await admin.ask({ command: 'kick', name })).ok, true);
  for (;;) if ((await flood.next()) === 'LFT flood') break;
  await flood.hearsLast();
  for (;;) if ((await web.next()) === 'LFT web') break;
  await web.closed();
  const { people } = await admin.ask({ command: 'who' });
  assert.deepEqual(
    people.filter((one: { name: string | null }) => one.name !== null),
    [],
  );
});
