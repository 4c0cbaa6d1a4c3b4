/** What docs/protocol.md says of WebSockets (3.12, 4.5, 4.6), over real ones. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { ServerOptions } from './server.ts';
import { Peer, testServer } from './testing/peer.ts';
import { httpHost, WebPeer } from './testing/web-peer.ts';

function webServer(options: Partial<ServerOptions> = {}, allowOrigins: readonly string[] = []) {
  const address = { host: '127.0.0.1', port: 0 };
  return testServer({ http: { address, page: undefined, allowOrigins, pingMs: options.idleMs }, ...options });
}

test('3.12 the nine words over a WebSocket, beside TCP', async () => {
  await using server = await webServer();
  const ana = await WebPeer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  const cy = await WebPeer.enter(server, 'cy');
  await ana.hears('ARR bo', 'ARR cy');
  await bo.hears('ARR cy');
  ana.say('MSG hello');
  await bo.hears('MSG ana hello');
  await cy.hears('MSG ana hello');
  bo.say('MSG hi', 'PRV ana psst');
  await cy.hears('MSG bo hi');
  await ana.hears('MSG bo hi', 'PRV bo psst');
  ana.say('WHO');
  await ana.hears('WHO ana bo cy');
  cy.say('BYE');
  await cy.hears('LFT cy');
  assert.equal(await cy.closed(), 1000);
  await ana.hears('LFT cy');
  ana.webSocket.terminate();
  await bo.hears('LFT cy', 'LFT ana');
});

test('3.12 a message holds one or more whole lines, either way; its end is the end of its last line', async () => {
  await using server = await webServer();
  const ana = await WebPeer.enter(server, 'ana');
  const bo = await WebPeer.enter(server, 'bo');
  await ana.hears('ARR bo');
  bo.messages.length = 0;
  ana.say('MSG one', 'MSG two\r', 'MSG three', '');
  ana.say('MSG four');
  await bo.hears('MSG ana one', 'MSG ana two', 'MSG ana three', 'MSG ana four');
  for (const message of bo.messages) assert.doesNotMatch(message, /\n$|\r/);
  bo.say('WHO', 'WHO', 'PRV bo me');
  await bo.hears('WHO ana bo', 'WHO ana bo', 'PRV bo me');
});

test('3.12 a message long enough for each of the three sizes of a frame', async () => {
  await using server = await webServer();
  const ana = await WebPeer.enter(server, 'ana');
  const bo = await WebPeer.enter(server, 'bo');
  const tcp = await Peer.enter(server, 'tcp');
  await ana.hears('ARR bo', 'ARR tcp');
  await bo.hears('ARR tcp');
  for (const count of [1, 5, 300]) {
    const lines = Array.from({ length: count }, (_, i) => `${i} ${'x'.repeat(count === 1 ? 10 : 1000)}`);
    tcp.say(...lines.map((line) => `MSG ${line}`));
    await Promise.all([ana, bo].map((peer) => peer.hears(...lines.map((line) => `MSG tcp ${line}`))));
    // To oneself: a frame of one's own pieces rather than of the room's batch.
    const own = lines.slice(0, 15);
    ana.say(...own.map((line) => `PRV ana ${line}`));
    await ana.hears(...own.map((line) => `PRV ana ${line}`));
  }
});

test('3.12 the extended form, with a replay, over a WebSocket', async () => {
  await using server = await webServer();
  const ana = await WebPeer.connect(server);
  ana.say('EXT', 'IAM ana');
  await ana.hears('WHO');
  assert.match(await ana.next(), / EXT palabre/);
  const [, token] = /token=([^; ]+).* ARR ana$/.exec(await ana.next()) ?? [];
  assert.ok(token);
  ana.say('@ref=1 MSG hello');
  const [, id] = /^@ref=1;id=(\d+);at=\d+ MSG ana hello$/.exec(await ana.next()) ?? [];
  assert.ok(id);
  ana.webSocket.terminate();
  const again = await WebPeer.connect(server);
  again.say('EXT', `@token=${token};after=${Number(id) - 1};ref=in IAM ana`);
  await again.hears('WHO');
  await again.next();
  assert.match(await again.next(), /^@(?=.*resumed).* ARR ana$/);
});

test('3.12 what was said before the WebSocket was closed is heard to the end', async () => {
  await using server = await webServer({ rate: 100 });
  const bo = await Peer.enter(server, 'bo');
  const ana = await WebPeer.enter(server, 'ana');
  await bo.hears('ARR ana');
  const lines = Array.from({ length: 600 }, (_, i) => String(i));
  ana.say(...lines.map((line) => `MSG ${line}`));
  ana.webSocket.close();
  await bo.hears(...lines.map((line) => `MSG ana ${line}`), 'LFT ana');
});

test('4.4 a WebSocket that was closed counts until all that it said has been heard, for 30 s at most', async (t) => {
  await using server = await webServer({ maxConnections: 2, rate: 20 });
  const bo = await Peer.enter(server, 'bo');
  const ana = await WebPeer.enter(server, 'ana');
  await bo.hears('ARR ana');
  t.mock.timers.enable({ apis: ['setTimeout'] });
  ana.say(...Array.from({ length: 2000 }, (_, i) => `MSG ${i}`));
  ana.webSocket.close();
  await ana.closed();
  for (let i = 0; i < 50; i++) await bo.hears(`MSG ana ${i}`);
  const tooMany = await Peer.connect(server);
  await tooMany.hears('ERR');
  t.mock.timers.tick(30_000);
  for (;;) {
    const line = await bo.next();
    if (line === 'LFT ana') break;
    assert.match(line, /^MSG ana /);
  }
  const next = await Peer.connect(server);
  await next.hears('WHO');
});

test('4.5 a page from another site is refused; our own, an allowed one and programs are not', async () => {
  await using server = await webServer({}, ['https://friend.example']);
  const host = httpHost(server);
  for (const origin of ['https://evil.example', `http://evil.${host}`, 'null', 'nonsense'])
    await assert.rejects(WebPeer.connect(server, { origin }), /403/, origin);
  for (const origin of [`http://${host}`, `https://${host}`, 'https://friend.example', undefined]) {
    const peer = await WebPeer.connect(server, origin === undefined ? {} : { origin });
    await peer.hears('WHO');
  }
});

test('4.5 any site may open the chat where the operator says so', async () => {
  await using server = await webServer({}, ['*']);
  const peer = await WebPeer.connect(server, { origin: 'https://any.example' });
  await peer.hears('WHO');
});

test('4.6 a message over 64 KiB, or one that is not text, ends that connection alone', async () => {
  await using server = await webServer();
  const bo = await Peer.enter(server, 'bo');
  for (const [what, code] of [
    ['x'.repeat(65_537), 1009],
    [Buffer.from('MSG bytes'), 1003],
  ] as const) {
    const ana = await WebPeer.enter(server, 'ana');
    await bo.hears('ARR ana');
    ana.webSocket.send(what);
    assert.equal(await ana.closed(), code);
    await bo.hears('LFT ana');
  }
});

test('4.6 frames that break the rules of WebSockets end that connection alone', async () => {
  await using server = await webServer();
  const bo = await Peer.enter(server, 'bo');
  const host = httpHost(server);
  const frames = {
    'not masked': [0x81, 0x01, 0x41],
    'reserved bit': [0xf1, 0x80, 0, 0, 0, 0],
    'unknown opcode': [0x83, 0x80, 0, 0, 0, 0],
    'not UTF-8': [0x81, 0x81, 0, 0, 0, 0, 0xff],
    'long ping': [0x89, 0xfe, 0x00, 0x7e, 0, 0, 0, 0],
    'huge length': [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
  };
  for (const [name, bytes] of Object.entries(frames)) {
    const [hostname, port] = host.split(':');
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET /chat HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.write(Buffer.from(bytes));
    const rest = await buffer(socket);
    assert.ok(rest.includes(0x88), `${name}: a close frame`);
  }
  bo.say('WHO');
  await bo.hears('WHO bo');
});

test('4.6 who answers no ping is gone after two; who does, stays', async () => {
  await using server = await webServer({ idleMs: 50 });
  const bo = await WebPeer.enter(server, 'bo');
  const dead = await WebPeer.connect(server, { autoPong: false });
  dead.say('IAM dead');
  await bo.hears('ARR dead', 'LFT dead');
  bo.say('WHO');
  await bo.hears('WHO bo');
});

test('4.6 a flood of pings counts as a flood of lines', async () => {
  await using server = await webServer({ rate: 100 });
  const bo = await Peer.enter(server, 'bo');
  const ana = await WebPeer.enter(server, 'ana');
  await bo.hears('ARR ana');
  const begun = performance.now();
  for (let i = 0; i < 600; i++) ana.webSocket.ping();
  ana.say('MSG after');
  bo.say('WHO');
  await bo.hears('WHO bo ana', 'MSG ana after');
  // 500 at once, and then 100 a second.
  assert.ok(performance.now() - begun > 900);
});

test('4.6 of pings that come at once the last one is answered', async () => {
  await using server = await webServer();
  const ana = await WebPeer.enter(server, 'ana');
  const pongs: string[] = [];
  const last = new Promise<void>((resolve) => {
    ana.webSocket.on('pong', (data) => {
      pongs.push(String(data));
      if (String(data) === '299') resolve();
    });
  });
  for (let i = 0; i < 300; i++) ana.webSocket.ping(`${i}`);
  await last;
  assert.ok(pongs.length < 30, `${pongs.length} answers`);
});

test('4.4 over a WebSocket too, a connection too many is told ERR and closed', async () => {
  await using server = await webServer({ maxConnections: 1 });
  const bo = await Peer.enter(server, 'bo');
  const tooMany = await WebPeer.connect(server);
  await tooMany.hears('ERR');
  assert.equal(await tooMany.closed(), 1013);
  bo.say('WHO');
  await bo.hears('WHO bo');
});

test('4.1 over a WebSocket too, a stranger that says nothing is closed', async () => {
  await using server = await webServer({ idleMs: 200 });
  const stranger = await WebPeer.connect(server);
  await stranger.hears('WHO');
  await stranger.closed();
});
