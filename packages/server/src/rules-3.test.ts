/** Section 3 of docs/protocol.md, rule by rule, over real sockets. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ServerOptions } from './server.ts';
import { directory, EXT, enter, heard, hears, resume, say } from './testing/extended.ts';
import { Peer, testServer } from './testing/peer.ts';

function keeping(t: TestContext, options: Partial<ServerOptions> = {}) {
  return testServer({ data: directory(t), ...options });
}

test('3.2 EXT asks for the extended form, and is answered the limits; tags are understood either way', async () => {
  await using server = await testServer();
  const ana = await Peer.connect(server);
  ana.say('@ref=0 WHO', '@ref=1 EXT', '@ref=2 WHO', 'EXT now');
  await ana.hears(
    'WHO',
    'WHO',
    '@ref=1;line=4096;tags=1024;name=32;linger=60 EXT palabre/0.1.0',
    '@ref=2 WHO',
    'WHO',
  );
});

test('3.3 every answer carries the ref asked with; id, at and room where they belong', async () => {
  await using server = await testServer();
  const { peer: ana } = await enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await hears(ana, {}, 'ARR bo');
  ana.say('@ref=a WHO', '@ref=b XYZ', '@ref=c IAM bo', '@ref=d IAM b o', '@ref=e PRV zoe hi', '@ref=f LST');
  await hears(ana, { ref: 'a' }, 'WHO ana bo');
  await hears(ana, { ref: 'b', why: 'word' }, 'ERR ana');
  await hears(ana, { ref: 'c', why: 'taken' }, 'TKN bo');
  await hears(ana, { ref: 'd', why: 'name' }, 'ERR b o');
  await hears(ana, { ref: 'e', why: 'nobody' }, 'ERR ana');
  await hears(ana, { ref: 'f', count: '0' }, 'LST');
  bo.say('IAM bob', 'MSG hi');
  await hears(ana, { was: 'bo' }, 'ARR bob');
  const { tags } = await heard(ana);
  assert.deepEqual(Object.keys(tags), ['id']);
});

test('3.4 the sender gets its own line back as a receipt, the plain reader a plain line', async () => {
  await using server = await testServer();
  const { peer: ana } = await enter(server, 'ana');
  const { peer: cy } = await enter(server, 'cy');
  const bo = await Peer.enter(server, 'bo');
  await hears(ana, {}, 'ARR cy');
  await hears(ana, {}, 'ARR bo');
  await hears(cy, {}, 'ARR bo');
  ana.say('@ref=1 MSG hello', '@ref=2 PRV bo psst', '@ref=3 PRV ana note', 'MSG without a ref');
  const receipts = [await heard(ana), await heard(ana), await heard(ana), await heard(ana)];
  assert.deepEqual(
    receipts.map(({ line }) => line),
    ['MSG ana hello', 'PRV ana psst', 'PRV ana note', 'MSG ana without a ref'],
  );
  assert.deepEqual(
    receipts.map(({ tags }) => [tags.ref, tags.to]),
    [
      ['1', undefined],
      ['2', 'bo'],
      ['3', 'ana'],
      [undefined, undefined],
    ],
  );
  const ids = receipts.map(({ tags }) => Number(tags.id));
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  await bo.hears('MSG ana hello', 'PRV ana psst', 'MSG ana without a ref');
  await hears(cy, { id: String(ids[0]) }, 'MSG ana hello');
  await hears(cy, { id: String(ids[3]) }, 'MSG ana without a ref');
});

test('3.5 LFT says why', async () => {
  await using server = await testServer();
  const { peer: ana } = await enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const cy = await Peer.enter(server, 'cy');
  bo.say('BYE');
  cy.socket.destroy();
  await hears(ana, {}, 'ARR bo');
  await hears(ana, {}, 'ARR cy');
  const left = [await heard(ana), await heard(ana)].map(({ tags, line }) => `${line} ${tags.why}`);
  assert.deepEqual(left.sort(), ['LFT bo bye', 'LFT cy lost']);
});

test('3.6 the same ref again is not said again: the first one’s receipt comes', async () => {
  await using server = await testServer();
  const { peer: ana, token } = await enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await hears(ana, {}, 'ARR bo');
  const first = await say(ana, 'MSG hello', 'r.1_-');
  ana.say(
    '@ref=r.1_- MSG hello',
    '@ref=p PRV bo psst',
    '@ref=p PRV bo psst',
    '@ref=no\\sref MSG x',
    '@ref= MSG x',
  );
  await hears(ana, { ref: 'r.1_-', id: String(first) }, 'MSG ana hello');
  const { tags: receipt } = await heard(ana);
  await hears(ana, receipt, 'PRV ana psst');
  await hears(ana, { why: 'tags' }, 'ERR ana');
  await hears(ana, { why: 'tags' }, 'ERR ana');
  await bo.hears('MSG ana hello', 'PRV ana psst');
  ana.socket.destroy();
  const again = await resume(server, token, first + 1);
  again.say('@ref=r.1_- MSG hello');
  for (;;) {
    const { tags } = await heard(again);
    if (tags.ref === 'r.1_-') {
      assert.equal(tags.id, String(first));
      break;
    }
  }
  bo.say('MSG end');
  bo.say('WHO');
  await bo.hears('WHO ana bo');
});

test('3.6 the last 256 refs are remembered, no more', async () => {
  await using server = await testServer();
  const { peer: ana } = await enter(server, 'ana');
  const ids: number[] = [];
  for (let i = 0; i <= 256; i++) ids.push(await say(ana, `MSG ${i}`, `r${i}`));
  assert.equal(await say(ana, 'MSG 1', 'r1'), ids[1]);
  assert.ok((await say(ana, 'MSG 0', 'r0')) > (ids[256] ?? 0));
});

test('3.7 a token joins a further connection to the member: each sees everything, the ref goes to the one that said it', async () => {
  await using server = await testServer();
  const { peer: ana, token } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  await hears(ana, {}, 'ARR bo');
  const phone = await Peer.connect(server);
  phone.say('EXT', `@ref=x;token=${token} IAM somebody`);
  await phone.hears('WHO', EXT);
  await hears(phone, { ref: 'x', token, resumed: '' }, 'ARR ana');
  phone.say('@ref=1 MSG from my phone', '@ref=2 PRV bo psst');
  const [message, whisper] = [await heard(phone), await heard(phone)];
  await hears(ana, { id: message.tags.id ?? '' }, 'MSG ana from my phone');
  await hears(ana, { id: whisper.tags.id ?? '', to: 'bo' }, 'PRV ana psst');
  await hears(bo, { id: message.tags.id ?? '' }, 'MSG ana from my phone');
  await hears(bo, { id: whisper.tags.id ?? '' }, 'PRV ana psst');
  ana.say('@ref=bye BYE');
  await hears(ana, { ref: 'bye', why: 'bye' }, 'LFT ana');
  await hears(phone, { why: 'bye' }, 'LFT ana');
  await hears(bo, { why: 'bye' }, 'LFT ana');
  await ana.hearsLast();
  await phone.hearsLast();
});

test('3.7 sixteen connections of one member, and no more', async () => {
  await using server = await testServer();
  const { token } = await enter(server, 'ana');
  for (let i = 1; i < 16; i++) {
    const peer = await Peer.connect(server);
    peer.say('EXT', `@token=${token} IAM ana`);
    await peer.hears('WHO', EXT);
    await hears(peer, { token, resumed: '' }, 'ARR ana');
  }
  const peer = await Peer.connect(server);
  peer.say('EXT', `@token=${token} IAM ana`);
  await peer.hears('WHO', EXT);
  await hears(peer, { why: 'full' }, 'ERR ana');
});

test('3.7 who comes back in time was never gone, and gets what it missed, private lines included', async (t) => {
  await using server = await keeping(t);
  const { peer: ana, token } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  await hears(ana, {}, 'ARR bo');
  const last = await say(bo, 'MSG seen', '1');
  await hears(ana, { id: String(last) }, 'MSG bo seen');
  ana.socket.destroy();
  const missed = [await say(bo, 'MSG missed', '2'), await say(bo, 'PRV ana psst', '3')];
  const again = await resume(server, token, last);
  await hears(again, { token, resumed: '' }, 'ARR ana');
  await hears(again, { id: String(missed[0]), old: '' }, 'MSG bo missed');
  await hears(again, { id: String(missed[1]), old: '' }, 'PRV bo psst');
  await hears(again, { count: '2' }, 'HST');
  bo.say('@ref=4 WHO');
  await hears(bo, { ref: '4' }, 'WHO ana bo');
});

test('3.7 who does not come back in time has left; its token, or a forged one, makes a fresh member or none', async () => {
  await using server = await testServer({ lingerMs: 200 });
  const ana = await Peer.connect(server);
  ana.say('EXT', 'IAM ana');
  await ana.hears('WHO', EXT.replace('60', '0'));
  const { tags } = await heard(ana);
  const token = tags.token ?? assert.fail();
  const bo = await Peer.enter(server, 'bo');
  ana.socket.destroy();
  await bo.hears('LFT ana');
  const tokens = [
    token,
    token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    `zzz${token.slice(1)}`,
    'nonsense',
    '',
  ];
  for (const wrong of tokens) {
    const again = await Peer.connect(server);
    again.say('EXT', `@token=${wrong};after=0 IAM ana`);
    await again.hears('WHO', EXT.replace('60', '0'));
    const { tags, line } = await heard(again);
    assert.equal(line, 'ARR ana');
    assert.equal(tags.resumed, undefined);
    assert.notEqual(tags.token, token);
    await bo.hears('ARR ana');
    const other = await Peer.connect(server);
    other.say('EXT', `@token=${wrong} IAM ana`);
    await other.hears('WHO', EXT.replace('60', '0'));
    await hears(other, { why: 'taken' }, 'TKN ana');
    again.say('BYE');
    await bo.hears('LFT ana');
  }
});

test('3.7 a restart is invisible: members, rooms and refs are as before, and nobody is told', async (t) => {
  const data = directory(t);
  const first = await testServer({ data });
  const { peer: ana, token } = await enter(first, 'ana');
  ana.say('@room=dev IAM ana');
  await hears(ana, { room: 'dev' }, 'ARR ana');
  const id = await say(ana, 'MSG before', '1');
  const { token: boToken } = await enter(first, 'bo');
  await first.stop();
  await using second = await testServer({ data });
  const again = await resume(second, token, 0);
  await hears(again, { token, resumed: '' }, 'ARR ana');
  await hears(again, { room: 'dev', resumed: '' }, 'ARR ana');
  await hears(again, { id: String(id), old: '' }, 'MSG ana before');
  await hears(again, { count: '1' }, 'HST');
  again.say('@ref=1 MSG before', '@ref=2 WHO', '@ref=3;room=dev WHO');
  await hears(again, { ref: '1', id: String(id) }, 'MSG ana before');
  await hears(again, { ref: '2' }, 'WHO ana bo');
  await hears(again, { ref: '3', room: 'dev' }, 'WHO ana');
  const bo = await resume(second, boToken, id);
  await hears(bo, { token: boToken, resumed: '' }, 'ARR bo');
  await hears(bo, { count: '0' }, 'HST');
  again.say('@ref=4 MSG after');
  const { tags } = await heard(again);
  assert.ok(Number(tags.id) > id && tags.ref === '4');
  await hears(bo, { id: tags.id ?? '' }, 'MSG ana after');
});

test('3.8 a plain connection of a member that is in rooms hears the lobby alone', async () => {
  await using server = await testServer();
  const { peer: ana, token } = await enter(server, 'ana');
  ana.say('@room=dev IAM ana');
  await hears(ana, { room: 'dev' }, 'ARR ana');
  const plain = await Peer.connect(server);
  plain.say(`@token=${token} IAM ana`);
  await plain.hears('WHO', 'ARR ana');
  const { peer: bo } = await enter(server, 'bo');
  bo.say('@room=dev IAM bo');
  await say(bo, 'MSG before', 'r1');
  bo.say('@room=dev;ref=r2 MSG in the room', '@ref=r3 MSG in the lobby');
  await plain.hears('ARR bo', 'MSG bo before', 'MSG bo in the lobby');
  // Once it reads the extended form, it is in the room like any other.
  plain.say('EXT');
  await plain.hears(EXT);
  bo.say('@room=dev;ref=r4 MSG again');
  const { tags, line } = await heard(plain);
  assert.deepEqual([tags.room, line], ['dev', 'MSG bo again']);
});

test('3.8 rooms: entered, spoken in, listed and left with a tag; nobody else hears of it', async () => {
  await using server = await testServer();
  const { peer: ana } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  const cy = await Peer.enter(server, 'cy');
  await hears(ana, {}, 'ARR bo');
  await hears(ana, {}, 'ARR cy');
  await hears(bo, {}, 'ARR cy');
  ana.say('@room=dev;ref=1 MSG too early', '@room=Dev;ref=2 IAM ana', '@room=dev;ref=3 WHO', '@ref=4 LST');
  await hears(ana, { ref: '1', why: 'room' }, 'ERR ana');
  await hears(ana, { ref: '2', room: 'Dev' }, 'ARR ana');
  await hears(ana, { ref: '3', room: 'Dev' }, 'WHO ana');
  await hears(ana, { ref: '4' }, 'LST Dev 1');
  await hears(ana, { ref: '4', count: '1' }, 'LST');
  bo.say('@room=dev IAM bo', '@room=dev;ref=5 MSG hi');
  await hears(bo, { room: 'Dev' }, 'ARR bo');
  const { tags } = await heard(bo);
  await hears(ana, { room: 'Dev' }, 'ARR bo');
  await hears(ana, { id: tags.id ?? '', room: 'Dev' }, 'MSG bo hi');
  bo.say('@room=dev;ref=6 BYE', '@room=dev WHO', '@room=dev IAM cy', '@room=@x IAM bo');
  await hears(bo, { ref: '6', room: 'Dev', why: 'bye' }, 'LFT bo');
  await hears(bo, { why: 'room' }, 'ERR bo');
  await hears(bo, { why: 'name' }, 'ERR bo');
  await hears(bo, { why: 'room' }, 'ERR bo');
  await hears(ana, { room: 'Dev', why: 'bye' }, 'LFT bo');
  cy.say('@room=dev IAM cy', '@room=dev MSG hi', 'LST', 'HST', 'PRV cy end');
  await cy.hears('ERR cy', 'ERR cy', 'ERR cy', 'ERR cy', 'PRV cy end');
});

test('3.8 what several rooms and the lobby say comes to each in the one order', async () => {
  await using server = await testServer();
  const people = await Promise.all(['ana', 'bo', 'cy'].map((name) => enter(server, name)));
  for (const [i, { peer }] of people.entries()) {
    const name = ['ana', 'bo', 'cy'][i];
    for (const room of ['r1', 'r2', 'r3'].slice(i)) peer.say(`@room=${room};ref=in-${room} IAM ${name}`);
    for (let n = 0; n < 100; n++) peer.say(`@ref=${n}${n % 2 ? ';room=r3' : ''} MSG ${n}`);
  }
  for (const { peer } of people) {
    const ids: number[] = [];
    while (ids.length < 100) {
      const { tags } = await heard(peer);
      if (tags.id) ids.push(Number(tags.id));
    }
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    );
  }
});

test('3.9 history: the lobby’s, a room’s to those in it, private lines to the two', async (t) => {
  await using server = await keeping(t);
  const { peer: ana } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  await hears(ana, {}, 'ARR bo');
  const ids: number[] = [];
  for (const [i, word] of ['un', 'deux', 'trois', 'été'].entries())
    ids.push(await say(ana, `MSG ${word}`, `r${i}`));
  const secret = await say(ana, 'PRV bo psst', 'p');
  ana.say('@room=dev IAM ana');
  await hears(ana, { room: 'dev' }, 'ARR ana');
  ana.say('@room=dev;ref=d MSG in the room');
  await heard(ana);
  const inRoom = await say(ana, 'MSG last', 'z');
  assert.ok(inRoom > secret);
  bo.say('@ref=h;limit=2 HST');
  for (;;) {
    const { tags, line } = await heard(bo);
    if (tags.ref !== 'h') continue;
    assert.deepEqual([tags, line], [{ ref: 'h', old: '', id: String(ids[3]) }, 'MSG ana été']);
    break;
  }
  await hears(bo, { ref: 'h', old: '', id: String(inRoom) }, 'MSG ana last');
  await hears(bo, { ref: 'h', count: '2', more: '' }, 'HST');
  bo.say(
    `@ref=i;before=${ids[2]};limit=500 HST`,
    '@ref=j;find=ete HST',
    '@ref=k;with=ana HST',
    '@ref=l;room=dev HST',
    '@ref=m;before=x HST',
  );
  await hears(bo, { ref: 'i', old: '', id: String(ids[0]) }, 'MSG ana un');
  await hears(bo, { ref: 'i', old: '', id: String(ids[1]) }, 'MSG ana deux');
  await hears(bo, { ref: 'i', count: '2' }, 'HST');
  await hears(bo, { ref: 'j', old: '', id: String(ids[3]) }, 'MSG ana été');
  await hears(bo, { ref: 'j', count: '1' }, 'HST');
  await hears(bo, { ref: 'k', old: '', id: String(secret) }, 'PRV ana psst');
  await hears(bo, { ref: 'k', count: '1' }, 'HST');
  await hears(bo, { ref: 'l', why: 'room' }, 'ERR bo');
  await hears(bo, { why: 'tags' }, 'ERR bo');
});

test('3.10 EXT at any time answers as at first', async () => {
  await using server = await testServer();
  const { peer: ana } = await enter(server, 'ana');
  ana.say('@ref=ping EXT');
  await ana.hears('@ref=ping;line=4096;tags=1024;name=32;linger=60 EXT palabre/0.1.0');
});

test('3.11 re and cont reach everybody who reads the extended form, and nobody else', async (t) => {
  await using server = await keeping(t);
  const { peer: ana } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  const cy = await Peer.enter(server, 'cy');
  for (const line of ['ARR bo', 'ARR cy']) await hears(ana, {}, line);
  await hears(bo, {}, 'ARR cy');
  ana.say('@re=812;cont;ref=1 MSG yes');
  const { tags } = await heard(ana);
  await hears(bo, { id: tags.id ?? '', re: '812', cont: '' }, 'MSG ana yes');
  await cy.hears('MSG ana yes');
  bo.say('@ref=h HST');
  await hears(bo, { ref: 'h', old: '', id: tags.id ?? '', re: '812', cont: '' }, 'MSG ana yes');
});
