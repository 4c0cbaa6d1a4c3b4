/** Rule 3.13 of docs/protocol.md over real sockets: a server with a password. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ServerOptions } from './server.ts';
import { Admin } from './testing/admin.ts';
import { Events } from './testing/events.ts';
import { directory, EXT, enter, heard, hears } from './testing/extended.ts';
import { passwordFile } from './testing/passwords.ts';
import { Peer, testServer } from './testing/peer.ts';
import { WebPeer } from './testing/web-peer.ts';

const KEY = 'open; sesame';
/** As a tag's value (3.1). */
const TAG = 'key=open\\:\\ssesame';

async function lockedServer(t: TestContext, options: Partial<ServerOptions> = {}) {
  const { file, write } = passwordFile(t, `${KEY}\n`);
  const events = new Events();
  const server = await testServer({ password: { file, lookMs: 20 }, events, ...options });
  return { ...server, write, events };
}

async function stranger(server: Parameters<typeof Peer.connect>[0], ...extended: 'EXT'[]): Promise<Peer> {
  const peer = await Peer.connect(server);
  peer.say(...extended);
  await peer.hears('WHO', ...(extended.length > 0 ? [EXT] : []));
  return peer;
}

test('3.13 by hand: without the key ERR and what was asked, with it in', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server);
  ana.say('IAM ana', '@key=guess IAM ana', '@key IAM ana', 'MSG am I in?', `@${TAG} IAM ana`, 'WHO');
  await ana.hears('ERR ana', 'ERR ana', 'ERR ana', 'WHO', 'ARR ana', 'WHO ana');
});

test('3.13 in the extended form the answer says why, and the ref', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server, 'EXT');
  ana.say('@ref=1 IAM ana', '@ref=2;key=guess IAM ana', `@ref=3;${TAG} IAM ana`);
  await hears(ana, { ref: '1', why: 'key' }, 'ERR ana');
  await hears(ana, { ref: '2', why: 'key' }, 'ERR ana');
  assert.equal((await heard(ana)).line, 'ARR ana');
});

test('3.13 over a WebSocket as over TCP', async (t) => {
  await using server = await lockedServer(t, {
    http: { address: { host: '127.0.0.1', port: 0 }, page: undefined, allowOrigins: [] },
  });
  const ana = await WebPeer.connect(server);
  ana.say('IAM ana', `@${TAG} IAM ana`);
  await ana.hears('WHO', 'ERR ana', 'ARR ana');
});

test('3.13 what is no name is told first, and whether a name is taken only to whoever has the key', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server);
  ana.say(`@${TAG} IAM ana`);
  await ana.hears('ARR ana');
  const bo = await stranger(server, 'EXT');
  bo.say('@ref=1;key=guess IAM a na', '@ref=2;key=guess IAM ana', `@ref=3;${TAG} IAM ana`);
  await hears(bo, { ref: '1', why: 'name' }, 'ERR a na');
  await hears(bo, { ref: '2', why: 'key' }, 'ERR ana');
  await hears(bo, { ref: '3', why: 'taken' }, 'TKN ana');
});

test('3.13 who is in needs no key: to take another name, to enter a room, to come back by a token', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server, 'EXT');
  ana.say(`@ref=1;${TAG} IAM ana`);
  const { tags } = await heard(ana);
  ana.say('@ref=2 IAM anna', '@ref=3;room=dev IAM anna');
  await hears(ana, { ref: '2', token: tags.token ?? '' }, 'ARR anna');
  await hears(ana, { ref: '3', room: 'dev' }, 'ARR anna');
  const phone = await stranger(server, 'EXT');
  phone.say(`@ref=1;token=${tags.token};key=guess IAM anna`);
  assert.deepEqual((await heard(phone)).tags.resumed, '');
});

test('3.13 a token of a member who is no more opens nothing', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server, 'EXT');
  ana.say(`@${TAG} IAM ana`);
  const { token } = (await heard(ana)).tags;
  ana.say('BYE');
  await ana.next();
  const again = await stranger(server, 'EXT');
  again.say(`@ref=1;token=${token} IAM ana`, `@ref=2;token=${token};key=guess IAM ana`, '@ref=3 WHO');
  await hears(again, { ref: '1', why: 'key' }, 'ERR ana');
  await hears(again, { ref: '2', why: 'key' }, 'ERR ana');
  await hears(again, { ref: '3' }, 'WHO');
  again.say(`@ref=4;token=${token};${TAG} IAM ana`);
  const entered = await heard(again);
  assert.equal(entered.line, 'ARR ana');
  assert.notEqual(entered.tags.token, token, 'somebody new');
});

test('3.13 after ten wrong keys the right one is refused too; whoever is in notices nothing', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server, 'EXT');
  ana.say(`@${TAG} IAM ana`);
  const { token } = (await heard(ana)).tags;
  const eve = await stranger(server);
  const guesses = Array.from({ length: 10 }, (_, i) => `@key=${i} IAM eve`);
  eve.say(...guesses, `@${TAG} IAM eve`);
  await eve.hears(...Array.from({ length: 11 }, () => 'ERR eve'));
  ana.say('@ref=1 IAM anna');
  assert.equal((await heard(ana)).line, 'ARR anna');
  const phone = await stranger(server, 'EXT');
  phone.say(`@token=${token} IAM any`);
  assert.equal((await heard(phone)).line, 'ARR anna');
});

test('3.13 another password: who is in stays, whoever comes shows the new one', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server);
  ana.say(`@${TAG} IAM ana`);
  await ana.hears('ARR ana');
  await server.write('new\n', server.events.told(/taken up again/));
  const bo = await stranger(server);
  bo.say(`@${TAG} IAM bo`, '@key=new IAM bo', 'MSG still there?');
  await bo.hears('ERR bo', 'ARR bo');
  await ana.hears('ARR bo', 'MSG bo still there?');
});

test('3.13 over a restart: a member who may come back needs no key', async (t) => {
  const data = directory(t);
  let token: string | undefined;
  {
    await using server = await lockedServer(t, { data });
    const ana = await stranger(server, 'EXT');
    ana.say(`@${TAG} IAM ana`);
    ({ token } = (await heard(ana)).tags);
  }
  await using server = await lockedServer(t, { data });
  const ana = await stranger(server, 'EXT');
  ana.say(`@token=${token} IAM ana`);
  assert.deepEqual((await heard(ana)).tags.resumed, '');
});

test('3.13 a server without a password asks for none, and takes no notice of one', async () => {
  await using server = await testServer();
  await enter(server, 'ana');
  const bo = await stranger(server);
  bo.say('@key=whatever IAM bo');
  await bo.hears('ARR bo');
});

test('3.13 the key is repeated nowhere: not in an answer, not in an event', async (t) => {
  await using server = await lockedServer(t);
  const ana = await stranger(server, 'EXT');
  ana.say(`@ref=1;${TAG};=; IAM ana`, `@ref=2;${TAG} IAM an a`, `@ref=3;${TAG} IAM`, `@${TAG} NO ana`);
  ana.say(
    `@ref=4;${TAG} IAM ana`,
    `@ref=5;${TAG} IAM ana`,
    `@ref=6;${TAG} MSG hi`,
    `@ref=7;${TAG} WHO`,
    'BYE',
  );
  const said: string[] = [];
  for (let line = ''; !line.includes('LFT'); said.push(line)) line = await ana.next();
  assert.ok(said.length >= 8);
  assert.doesNotMatch(`${said.join('\n')}\n${server.events.lines.join('\n')}`, /sesame/);
});

test('3.13 an invitation lets in without the password, until it is withdrawn, and over a restart', async (t) => {
  const data = directory(t);
  let invitation: string;
  {
    await using server = await lockedServer(t, { data });
    await using operator = await Admin.connect(data);
    ({ invitation } = await operator.ask({ command: 'invite', forMs: 60_000, room: 'dev' }));
    const ana = await stranger(server);
    ana.say(`@key=${invitation}x IAM ana`, `@key=${invitation} IAM ana`);
    await ana.hears('ERR ana', 'ARR ana');
  }
  await using server = await lockedServer(t, { data });
  await using operator = await Admin.connect(data);
  const bo = await stranger(server);
  bo.say(`@key=${invitation} IAM bo`);
  await bo.hears('ARR bo');
  assert.equal((await operator.ask({ command: 'withdraw', invitation })).ok, true);
  const cy = await stranger(server);
  cy.say(`@key=${invitation} IAM cy`);
  await cy.hears('ERR cy');
  bo.say('MSG I stay', 'WHO');
  await bo.hears('WHO bo');
});

test('3.13 whoever was sent away needs the key again: a token that is dead is none', async (t) => {
  const data = directory(t);
  await using server = await lockedServer(t, { data });
  await using operator = await Admin.connect(data);
  const { peer, token } = await enter(server, 'ana', TAG);
  assert.equal((await operator.ask({ command: 'kick', name: 'ana' })).ok, true);
  assert.equal((await heard(peer)).line, 'LFT ana');
  const again = await stranger(server, 'EXT');
  again.say(`@ref=1;token=${token} IAM ana`);
  await hears(again, { ref: '1', why: 'key' }, 'ERR ana');
});
