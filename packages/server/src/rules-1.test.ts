/** Section 1 of docs/protocol.md, rule by rule, over real sockets. Absence is proved by the line that comes next. */
import { test } from 'node:test';
import { Peer, testServer } from './testing/peer.ts';

test('1.0 two lines in one segment, one line in many, CR LF; the last without its LF is no line', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await ana.hears('ARR bo');
  bo.sayBytes('MSG one\nMSG two\r\nMSG th');
  await ana.hears('MSG bo one', 'MSG bo two');
  for (const part of ['re', 'e', '\r', '\n']) bo.sayBytes(part);
  await ana.hears('MSG bo three');
  bo.sayBytes('MSG never said');
  bo.socket.end();
  await ana.hears('LFT bo');
});

test('1.0 a character cut in two by its segments arrives whole', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await ana.hears('ARR bo');
  const bytes = Buffer.from('MSG été 👩‍👩‍👧 قوس\n');
  for (const byte of bytes) bo.sayBytes(Uint8Array.of(byte));
  await ana.hears('MSG bo été 👩‍👩‍👧 قوس');
});

test('1.1 a client that connects is asked who it is', async () => {
  await using server = await testServer();
  const stranger = await Peer.connect(server);
  await stranger.hears('WHO');
});

test('1.2 a stranger that says anything but IAM is asked again, and nobody else learns of it', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const stranger = await Peer.connect(server);
  stranger.say('MSG hi', 'WHO', '', 'PRV ana hi', 'XYZ', ' IAM bo', '\u001b[2J', 'IAMbo');
  await stranger.hears('WHO', ...Array<string>(8).fill('WHO'));
  stranger.say('IAM bo');
  await stranger.hears('ARR bo');
  await ana.hears('ARR bo');
});

test('1.2 a stranger hears nothing of the chat', async () => {
  await using server = await testServer();
  const stranger = await Peer.connect(server);
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  ana.say('MSG hi');
  await bo.hears('MSG ana hi');
  stranger.say('WHO');
  await stranger.hears('WHO', 'WHO');
});

test('1.3 a name with a space is answered ERR and what was asked; the asker has no name yet', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const stranger = await Peer.connect(server);
  stranger.say('IAM Pseu do', 'MSG hi', 'IAM', 'IAM  ', 'IAM bo');
  await stranger.hears('WHO', 'ERR Pseu do', 'WHO', 'ERR', 'ERR', 'ARR bo');
  await ana.hears('ARR bo');
});

test('1.3 what was asked is not repeated where it is not text', async () => {
  await using server = await testServer();
  const stranger = await Peer.connect(server);
  stranger.sayBytes(
    'IAM a\u001b[2J\n',
    'iam ',
    Uint8Array.of(0xc0, 0x80),
    '\n',
    'IAM é\u2028\n',
    '@ref=1 IAM é\u2028\n',
  );
  await stranger.hears('WHO', 'ERR', 'ERR', 'ERR', 'ERR');
});

test('1.4 a name in use is answered TKN; the asker has no name yet', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const stranger = await Peer.connect(server);
  stranger.say('IAM ana', 'WHO', 'IAM bo');
  await stranger.hears('WHO', 'TKN ana', 'WHO', 'ARR bo');
  await ana.hears('ARR bo');
});

test('1.5 a free name is announced to everybody, the newcomer included', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const cy = await Peer.enter(server, 'cy');
  await ana.hears('ARR bo', 'ARR cy');
  await bo.hears('ARR cy');
  cy.say('MSG hi');
  await ana.hears('MSG cy hi');
});

test('1.6 WHO lists everybody present in order of arrival, to the asker alone', async () => {
  await using server = await testServer();
  const zoe = await Peer.enter(server, 'zoe');
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  bo.say('WHO', 'BYE');
  await bo.hearsLast('WHO zoe ana bo', 'LFT bo');
  await ana.hears('ARR bo', 'LFT bo');
  await zoe.hears('ARR ana', 'ARR bo', 'LFT bo');
  zoe.say('WHO');
  await zoe.hears('WHO zoe ana');
});

test('1.7 MSG goes to everybody else; the sender gets nothing back', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const cy = await Peer.enter(server, 'cy');
  await ana.hears('ARR bo', 'ARR cy');
  await bo.hears('ARR cy');
  ana.say('MSG one', 'MSG two words', 'WHO');
  await ana.hears('WHO ana bo cy');
  await bo.hears('MSG ana one', 'MSG ana two words');
  await cy.hears('MSG ana one', 'MSG ana two words');
  bo.say('MSG three');
  await ana.hears('MSG bo three');
});

test('1.8 PRV goes to the one named and to nobody else', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const cy = await Peer.enter(server, 'cy');
  await ana.hears('ARR bo', 'ARR cy');
  await bo.hears('ARR cy');
  ana.say('PRV bo the key is under the mat', 'PRV BO again', 'MSG done');
  await bo.hears('PRV ana the key is under the mat', 'PRV ana again', 'MSG ana done');
  await cy.hears('MSG ana done');
  ana.say('WHO');
  await ana.hears('WHO ana bo cy');
});

test("1.9 PRV to nobody is answered ERR and the sender's own name", async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  ana.say('PRV zoe hello', 'PRV @ x');
  await ana.hears('ERR ana', 'ERR ana');
});

test('1.10 BYE: LFT to everybody, the leaver included, and the server closes', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await ana.hears('ARR bo');
  bo.say('BYE', 'MSG too late');
  await bo.hearsLast('LFT bo');
  ana.say('WHO');
  await ana.hears('LFT bo', 'WHO ana');
});

test('1.11 a connection that is closed or reset without BYE: LFT to everybody else', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const cy = await Peer.enter(server, 'cy');
  await ana.hears('ARR bo', 'ARR cy');
  bo.socket.destroy();
  await ana.hears('LFT bo');
  cy.socket.resetAndDestroy();
  await ana.hears('LFT cy');
  const again = await Peer.enter(server, 'bo');
  await ana.hears('ARR bo');
  again.say('WHO');
  await again.hears('WHO ana bo');
});

test('1.11 who ends only its sending half is heard to the end, gets what it is owed, and has left', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.connect(server);
  bo.say('IAM bo', 'MSG hi', 'WHO');
  bo.socket.end();
  await bo.hearsLast('WHO', 'ARR bo', 'WHO ana bo');
  await ana.hears('ARR bo', 'MSG bo hi', 'LFT bo');
});
