/** Section 4 of docs/protocol.md, rule by rule, over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { Admission } from './admission/admission.ts';
import { Peer, testServer } from './testing/peer.ts';

test('4.1 a connection that has no name and says nothing is closed; one that has a name is not', async () => {
  await using server = await testServer({ idleMs: 200 });
  const ana = await Peer.enter(server, 'ana');
  const stranger = await Peer.connect(server);
  await stranger.hearsLast('WHO');
  const halfALine = await Peer.connect(server);
  halfALine.sayBytes('IAM b');
  await halfALine.hearsLast('WHO');
  ana.say('WHO');
  await ana.hears('WHO ana');
});

test('4.1 however many are closed for it', async () => {
  await using server = await testServer({ idleMs: 400 });
  const ana = await Peer.enter(server, 'ana');
  const strangers = await Promise.all(Array.from({ length: 350 }, () => Peer.connect(server)));
  await Promise.all(strangers.map((stranger) => stranger.hearsLast('WHO')));
  ana.say('WHO');
  await ana.hears('WHO ana');
});

test('4.2 a flood is read at its rate: nothing is lost, and the others keep their pace', async () => {
  await using server = await testServer({ rate: 100 });
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const flood = await Peer.enter(server, 'flood');
  await ana.hears('ARR bo', 'ARR flood');
  await bo.hears('ARR flood');
  const begun = performance.now();
  const lines = Array.from({ length: 600 }, (_, i) => `MSG ${i}`);
  flood.say(...lines);
  // What bo says comes through while the flood is still being read.
  await ana.hears('MSG flood 0');
  bo.say('MSG calm');
  const seen: string[] = [];
  while (seen.length < 600) seen.push(await ana.next());
  assert.ok(seen.includes('MSG bo calm'), 'the other line did not wait for the end of the flood');
  const rest = seen.filter((line) => line !== 'MSG bo calm');
  assert.deepEqual(
    rest,
    lines.slice(1).map((line) => line.replace('MSG', 'MSG flood')),
  );
  // 500 at once, and then 100 a second: the last hundred can't have been heard in less than a second, on any machine.
  assert.ok(performance.now() - begun > 900);
});

test('4.3 a reader that does not read is closed at its bound, and the others see it leave', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const deaf = await Peer.enter(server, 'deaf');
  await ana.hears('ARR bo', 'ARR deaf');
  deaf.socket.pause();
  const text = 'x'.repeat(4000);
  let said = 0;
  for (let line = ''; line !== 'LFT deaf'; line = await ana.next()) {
    if (line !== '' && line !== `MSG bo ${text}`) assert.fail(`ana heard ${line.slice(0, 80)}`);
    bo.say(`MSG ${text}`);
    said++;
    assert.ok(said < 50_000, 'still there after 200 MB');
  }
});

test('4.3 who does not read what it asks for is not heard until it does, and loses nothing', async () => {
  await using server = await testServer();
  const crowd = Array.from({ length: 20 }, (_, i) => '🌳'.repeat(31) + String.fromCharCode(97 + i));
  for (const name of crowd) await Peer.enter(server, name);
  const greedy = await Peer.enter(server, 'greedy');
  const list = `WHO ${crowd.join(' ')} greedy`;
  greedy.socket.pause();
  const asked = 20_000; // 52 MB of answers
  greedy.socket.write('WHO\n'.repeat(asked));
  const ana = await Peer.enter(server, 'ana');
  ana.say('WHO');
  await ana.hears(`${list} ana`);
  ana.say('BYE');
  await ana.hearsLast('LFT ana');
  greedy.socket.resume();
  for (let answers = 0; answers < asked; ) if ((await greedy.next()).startsWith(list)) answers++;
  greedy.say('PRV greedy done');
  await greedy.hears('PRV greedy done');
});

test('4.4 a connection too many is told ERR and closed; when one ends, the next may come', async () => {
  await using server = await testServer({ maxConnections: 2 });
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const tooMany = await Peer.connect(server);
  await tooMany.hearsLast('ERR');
  bo.say('BYE');
  await bo.hearsLast('LFT bo');
  bo.socket.end();
  await ana.hears('ARR bo', 'LFT bo');
  // bo's socket is counted until the system has closed it: ask until there is room.
  for (;;) {
    const next = await Peer.connect(server);
    if ((await next.next()) === 'WHO') break;
  }
});

test('4.4 of one address that is not this machine, 128 are let in', () => {
  const admission = new Admission({ most: 1000, anAddress: 128, now: () => 0 });
  for (let i = 0; i < 128; i++) assert.ok(admission.enter('192.0.2.1'));
  assert.ok(!admission.enter('192.0.2.1'));
  assert.ok(admission.enter('192.0.2.2'));
  for (let i = 0; i < 256; i++) assert.ok(admission.enter(i % 2 ? '127.0.0.1' : '::ffff:127.0.0.9'));
  admission.leave('192.0.2.1');
  assert.ok(admission.enter('192.0.2.1'));
});

test('4.4 who connects again and again from one address is held up, and nobody else', () => {
  let now = 0;
  const pace = { atOnce: 256, eachMs: 125 };
  const refused: string[] = [];
  const onRefused = (why: string): void => void refused.push(why);
  const admission = new Admission({ most: 1000, anAddress: 128, pace, onRefused, now: () => now });
  const comesAndGoes = (address: string): boolean => {
    const entered = admission.enter(address);
    if (entered) admission.leave(address);
    return entered;
  };
  for (let i = 0; i < 256; i++) assert.ok(comesAndGoes('192.0.2.1'));
  assert.ok(!comesAndGoes('192.0.2.1'));
  assert.ok(comesAndGoes('192.0.2.2'));
  for (let i = 0; i < 1000; i++) assert.ok(comesAndGoes('127.0.0.1'));
  now += 125;
  assert.ok(comesAndGoes('192.0.2.1'));
  assert.ok(!comesAndGoes('192.0.2.1'));
  assert.deepEqual(refused, ['pace', 'pace']);
});

test('4.4 of IPv6 a /64 counts as one address', () => {
  const admission = new Admission({ most: 1000, anAddress: 128, now: () => 0 });
  for (let i = 0; i < 128; i++) assert.ok(admission.enter(`2001:db8::${i.toString(16)}:1`));
  assert.ok(!admission.enter('2001:db8::ffff'));
  assert.ok(!admission.enter('2001:db8:0:0:1:2:3:4'));
  assert.ok(admission.enter('2001:db8:0:1::1'));
  assert.ok(admission.enter('::ffff:192.0.2.1'));
  admission.leave('2001:db8::5:1');
  assert.ok(admission.enter('2001:db8::9:9:9:9'));
});

test('4.4 sockets that ask for nothing are counted too: one too many is closed without a word', async (t) => {
  const http = { address: { host: '127.0.0.1', port: 0 }, page: undefined, allowOrigins: [] };
  await using server = await testServer({ maxConnections: 1, http });
  const { port = 0 } = server.http ?? {};
  const sockets = Array.from({ length: 1025 }, () => connect(port, '127.0.0.1'));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const tooMany = connect(port, '127.0.0.1').on('error', () => {});
  await once(tooMany, 'close');
  assert.equal(tooMany.bytesRead, 0);
  sockets.pop()?.destroy();
  // It is counted until the system has closed it: ask until there is room.
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer) break;
  }
});
