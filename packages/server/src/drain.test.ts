/** How a server ends: who is given what, and how long it takes at most. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Admin } from './testing/admin.ts';
import { directory, enter, heard, hears, resume } from './testing/extended.ts';
import { Peer, testServer } from './testing/peer.ts';
import { httpHost, WebPeer } from './testing/web-peer.ts';

/** A bound that no test comes to, unless it hangs. */
const LONG_MS = 600_000;

const HTTP = { address: { host: '127.0.0.1', port: 0 }, page: undefined, allowOrigins: [] };

test('everybody is given what they are owed, then ended; extended members come back to the next server', async (t) => {
  const data = directory(t);
  const server = await testServer({ data, http: HTTP, drainMs: LONG_MS });
  const { peer: ana, token } = await enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const cy = await WebPeer.enter(server, 'cy');
  await hears(ana, {}, 'ARR bo');
  await hears(ana, {}, 'ARR cy');
  await bo.hears('ARR cy');
  assert.equal(server.draining.aborted, false);
  await using admin = await Admin.connect(data);
  await admin.ask({ command: 'say', text: 'good-bye' });
  assert.deepEqual(await admin.ask({ command: 'drain' }), { ok: true, connections: 3, boundMs: LONG_MS });
  assert.equal(server.draining.aborted, true);
  await bo.hearsLast('MSG server good-bye');
  await cy.hears('MSG server good-bye');
  assert.equal(await cy.closed(), 1000);
  const { tags } = await heard(ana);
  await ana.hearsLast();
  await server.stop();
  assert.equal(await admin.next(), undefined, 'the operator is told by the end of the socket');
  await using next = await testServer({ data });
  const back = await resume(next, token, Number(tags.id));
  await hears(back, { token, resumed: '' }, 'ARR ana');
});

test('a reader that is slow has the whole time, and gets everything', async () => {
  const server = await testServer({ drainMs: LONG_MS });
  const bo = await Peer.enter(server, 'bo');
  const slow = await Peer.enter(server, 'slow');
  await bo.hears('ARR slow');
  slow.socket.pause();
  const text = 'x'.repeat(4000);
  const lines = 1500; // 6 MB: more than the system holds, less than what closes it.
  bo.say(...Array.from({ length: lines }, () => `MSG ${text}`), 'WHO');
  await bo.hears('WHO bo slow');
  const stopped = server.stop();
  await bo.hearsLast();
  slow.socket.resume();
  for (let i = 0; i < lines; i++) assert.equal(await slow.next(), `MSG bo ${text}`);
  await slow.hearsLast('LFT bo'); // bo is plain, and its connection has ended while this one was read.
  await stopped;
});

test('one that reads nothing is cut at the bound', async () => {
  const server = await testServer({ drainMs: 300 });
  const bo = await Peer.enter(server, 'bo');
  const deaf = await Peer.enter(server, 'deaf');
  await bo.hears('ARR deaf');
  deaf.socket.pause();
  bo.say(...Array.from({ length: 1500 }, () => `MSG ${'x'.repeat(4000)}`), 'WHO');
  await bo.hears('WHO bo deaf');
  await server.stop(); // The test's own deadline is the judge.
  deaf.socket.destroy();
});

test('who does not end its half, or its request, is not waited for up to the bound', async () => {
  const server = await testServer({ http: HTTP, drainMs: LONG_MS });
  const { tcp } = server;
  assert.ok(tcp);
  const half = connect({ ...tcp, allowHalfOpen: true });
  half.resume();
  half.write('IAM ana\n');
  const web = await WebPeer.enter(server, 'web');
  web.webSocket.pause(); // It never answers the closing handshake.
  const { port } = new URL(`http://${httpHost(server)}`);
  const ahead = connect(Number(port), '127.0.0.1');
  const asking = connect(Number(port), '127.0.0.1');
  asking.write('GET / HTTP/1.1\r\nHost: x\r\n');
  await Promise.all([ahead, asking].map((socket) => once(socket, 'connect')));
  for (const socket of [half, ahead, asking]) socket.on('error', () => {});
  await server.stop();
  for (const socket of [half, ahead, asking]) socket.destroy();
  web.webSocket.terminate();
});

test('0: it ends at once, whoever reads; however often it is asked, it ends once', async () => {
  const server = await testServer({ drainMs: 0 });
  const bo = await Peer.enter(server, 'bo');
  const deaf = await Peer.enter(server, 'deaf');
  await bo.hears('ARR deaf');
  deaf.socket.pause();
  bo.say(...Array.from({ length: 1500 }, () => `MSG ${'x'.repeat(4000)}`), 'WHO');
  await bo.hears('WHO bo deaf');
  assert.equal(server.stop(), server.stop());
  await server.stop();
  deaf.socket.destroy();
});
