/** What proxies say of addresses, and who is believed: over real sockets, with what the listeners make of it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { Chat } from '../chat/chat.ts';
import { OPEN_DOOR } from '../conversation/door.ts';
import { Tokens } from '../conversation/tokens.ts';
import { NO_EVENT_LOG } from '../event-log.ts';
import { OutputCommit } from '../journal/commit.ts';
import { noJournal } from '../journal/none.ts';
import { Linger } from '../linger.ts';
import { listen } from '../listen.ts';
import { LocalLog } from '../log/local.ts';
import { Counters } from '../metrics/counters.ts';
import { release } from '../release.ts';
import { FIRST } from '../testing/certificates.ts';
import { Events } from '../testing/events.ts';
import { Peer } from '../testing/peer.ts';
import { Connections, type Remote } from './connections.ts';

const ANY = { host: '127.0.0.1', port: 0 };
const SIGNATURE = '0d0a0d0a000d0a515549540a';

/** A header of version 2: what stands after the signature, in hexadecimal, the length left out. */
function header(command: string, family: string, block: string): Buffer {
  const length = (block.length / 2).toString(16).padStart(4, '0');
  return Buffer.from(SIGNATURE + command + family + length + block, 'hex');
}

const OVER_IPV4 = header('21', '11', 'cb007109c0000201 1f90 1b9e'.replaceAll(' ', ''));
const OVER_IPV6 = header('21', '21', `20010db8000000000000000000000009${'0'.repeat(31)}11f901b9e`);

/** A server whose listeners tell of each connection. */
async function listeners(t: TestContext, ...trustProxy: string[]) {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-proxies-'));
  const certificate = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') };
  writeFileSync(certificate.cert, FIRST.cert);
  writeFileSync(certificate.key, FIRST.key);
  const remotes: Remote[] = [];
  const connections = new Connections(Number.POSITIVE_INFINITY);
  const tokens = new Tokens(Buffer.alloc(32));
  const chat = new Chat();
  const commit = new OutputCommit(
    noJournal,
    (effect) => release(effect, outside),
    () => {},
    () => {},
  );
  const log = new LocalLog((command, id, at) => commit.add(chat.apply(command, id, at)), 0);
  const linger = new Linger(0, log);
  const counters = new Counters();
  const outside = {
    connections,
    tokens,
    isKept: () => true,
    journal: noJournal,
    linger,
    operator: { carryOut: () => {} },
    counters,
    events: NO_EVENT_LOG,
  };
  const events = new Events();
  const options = { tcp: ANY, maxConnections: 10_000, trustProxy, events };
  const accept = (wire: Parameters<typeof connections.open>[0], remote: Remote) => {
    remotes.push(remote);
    return connections.open(wire, remote, OPEN_DOOR, log, tokens);
  };
  // The page in the clear, so that WebSockets need no certificate here.
  const clear = await listen(
    { ...options, http: { address: ANY, page: undefined, allowOrigins: [] } },
    accept,
    counters,
  );
  const secure = await listen({ ...options, tls: ANY, certificate }, accept, counters);
  t.after(async () => {
    connections.destroyAll();
    clear.destroy();
    secure.destroy();
    await Promise.all([clear.close(), secure.close()]);
    rmSync(directory, { recursive: true });
  });
  const port = (at: { port: number } | undefined): number => at?.port ?? assert.fail();
  return { events, remotes, tcp: port(clear.tcp), http: port(clear.http), tls: port(secure.tls) };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

/** Each part in a segment of its own. */
async function sayInParts(socket: Socket, ...parts: Buffer[]): Promise<void> {
  for (const part of parts) {
    await new Promise<void>((resolve) => socket.write(part, () => resolve()));
    // One turn of the event loop that the server shares: it reads what came before the next part is there.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function closed(socket: Socket): Promise<void> {
  socket.on('error', () => {}).resume();
  if (!socket.readableEnded) socket.on('end', () => socket.destroy());
  else socket.destroy();
  if (!socket.closed) await once(socket, 'close');
}

test('a header before the lines says whose connection it is, wherever it is cut', async (t) => {
  const { remotes, tcp } = await listeners(t, '127.0.0.1');
  const all = Buffer.concat([OVER_IPV4, Buffer.from('IAM ana\n')]);
  for (let cut = 1; cut < all.length; cut++) {
    const socket = await dial(tcp);
    const peer = Peer.over(socket);
    await sayInParts(socket, all.subarray(0, cut), all.subarray(cut));
    await peer.hears('WHO', 'ARR ana');
    peer.say('BYE');
    await peer.hearsLast('LFT ana');
    assert.deepEqual(remotes.splice(0), [{ address: '203.0.113.9', listener: 'tcp' }], `cut at ${cut}`);
  }
});

test('a byte at a time, and with more than the header in one piece', async (t) => {
  const { remotes, tcp } = await listeners(t, 'tcp=127.0.0.0/8');
  const slow = await dial(tcp);
  await sayInParts(slow, ...[...OVER_IPV6].map((byte) => Buffer.of(byte)));
  await Peer.over(slow).hears('WHO');
  const fast = await dial(tcp);
  const peer = Peer.over(fast);
  peer.sayBytes(OVER_IPV6, 'IAM ana\nWHO\nBYE\n');
  await peer.hearsLast('WHO', 'ARR ana', 'WHO ana', 'LFT ana');
  assert.deepEqual(
    remotes.map(({ address }) => address),
    ['2001:db8::9', '2001:db8::9'],
  );
});

test('over TLS the header comes before the handshake, wherever it is cut', async (t) => {
  const { remotes, tls } = await listeners(t, '127.0.0.1');
  for (let cut = 1; cut <= OVER_IPV4.length; cut++) {
    const socket = await dial(tls);
    await sayInParts(socket, OVER_IPV4.subarray(0, cut), OVER_IPV4.subarray(cut));
    const peer = Peer.over(connectTls({ socket, ca: FIRST.cert, servername: 'localhost' }));
    peer.say('IAM ana', 'BYE');
    await peer.hearsLast('WHO', 'ARR ana', 'LFT ana');
    assert.deepEqual(remotes.splice(0), [{ address: '203.0.113.9', listener: 'tls' }], `cut at ${cut}`);
  }
});

const OWN: readonly (readonly [string, Buffer])[] = [
  ['of the proxy itself (LOCAL)', header('20', '00', '')],
  ['of the proxy itself, whatever family it names', header('20', '11', 'cb007109c00002011f901b9e')],
  ['of one that has no address (UNSPEC)', header('21', '00', 'ffff')],
  ['from a socket of Unix', header('21', '31', '00'.repeat(216))],
  ['over UDP', header('21', '12', 'cb007109c00002011f901b9e')],
];

for (const [whose, bytes] of OWN) {
  test(`a connection ${whose} keeps the socket’s address`, async (t) => {
    const { remotes, tcp } = await listeners(t, '127.0.0.1');
    const peer = Peer.over(await dial(tcp));
    peer.sayBytes(bytes, 'BYE\n');
    await peer.hearsLast('WHO', 'WHO');
    assert.deepEqual(remotes, [{ address: '127.0.0.1', listener: 'tcp' }]);
  });
}

test('what a proxy adds of itself is skipped, up to 4 KiB; IPv4 in IPv6 is IPv4', async (t) => {
  const { remotes, tcp } = await listeners(t, '127.0.0.1');
  const peer = Peer.over(await dial(tcp));
  const addresses = `00000000000000000000ffffcb007109${'0'.repeat(31)}11f901b9e`;
  peer.sayBytes(header('21', '21', addresses + '0a'.repeat(4096 - 16 - 36)), 'BYE\n');
  await peer.hearsLast('WHO', 'WHO');
  assert.deepEqual(remotes, [{ address: '203.0.113.9', listener: 'tcp' }]);
});

const WRONG: readonly (readonly [string, Buffer])[] = [
  ['a line', Buffer.from('IAM ana\n')],
  ['version 1', Buffer.from('PROXY TCP4 203.0.113.9 192.0.2.1 8080 7070\r\nIAM ana\n')],
  ['a signature that is altered in its last byte', Buffer.from(`${SIGNATURE.slice(0, -2)}0b`, 'hex')],
  ['another version', header('31', '11', 'cb007109c00002011f901b9e')],
  ['another command', header('22', '11', 'cb007109c00002011f901b9e')],
  ['a family that there is not', header('21', '41', 'cb007109c00002011f901b9e')],
  ['a transport that there is not', header('21', '13', 'cb007109c00002011f901b9e')],
  ['too few bytes for its addresses', header('21', '11', 'cb007109c00002011f901b')],
  ['over 4 KiB', header('21', '11', '00'.repeat(4096 - 16 + 1))],
];

for (const [what, bytes] of WRONG) {
  test(`a proxy that begins with ${what} is closed, and told nothing`, async (t) => {
    const { remotes, tcp, tls } = await listeners(t, '127.0.0.1');
    for (const port of [tcp, tls]) {
      const socket = await dial(port);
      let heard = 0;
      socket.on('data', ({ length }: Buffer) => {
        heard += length;
      });
      socket.write(bytes);
      await closed(socket);
      assert.equal(heard, 0);
    }
    assert.deepEqual(remotes, []);
  });
}

test('a proxy that ends before its header does is closed; one that says nothing, after 10 s', async (t) => {
  const { remotes, tcp } = await listeners(t, '127.0.0.1');
  const ended = await dial(tcp);
  ended.end(OVER_IPV4.subarray(0, 20));
  await closed(ended);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const silent = await dial(tcp);
  await sayInParts(silent, OVER_IPV4.subarray(0, 20));
  const over = closed(silent);
  // Time passes by itself here: whenever the server has taken the connection, 10 s are over for it.
  const passing = setInterval(() => t.mock.timers.tick(10_000), 1);
  await over;
  clearInterval(passing);
  assert.deepEqual(remotes, []);
});

test('from an address that is not trusted a header ends the connection, wherever it is cut, and is told of', async (t) => {
  const { events, remotes, tcp } = await listeners(t, '192.0.2.1', 'http=127.0.0.1');
  for (let cut = 1; cut < 12; cut++) {
    const socket = await dial(tcp);
    await sayInParts(socket, OVER_IPV4.subarray(0, cut), OVER_IPV4.subarray(cut));
    await closed(socket);
  }
  assert.ok(remotes.every(({ address }) => address === '127.0.0.1'));
  await events.told(/^warn .*"address":"127.0.0.1".*--trust-proxy/);
});

test('what only begins like a header is heard at once, as ever', async (t) => {
  const { tcp } = await listeners(t);
  const socket = await dial(tcp);
  const peer = Peer.over(socket);
  await peer.hears('WHO');
  for (const part of ['\r\n', '\r\n', '\0', '\r\n']) {
    peer.sayBytes(part);
    if (part.endsWith('\n')) await peer.hears('WHO');
  }
  peer.sayBytes('QUI\nIAM ana\n');
  await peer.hears('WHO', 'ARR ana');
});

/** Opens a WebSocket with these headers; the status if it is refused. */
async function webSocket(port: number, forwarded?: string | string[]): Promise<number> {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const opened = new WebSocket(`ws://127.0.0.1:${port}/chat`, { headers });
  const status = await new Promise<number>((resolve) => {
    opened.on('open', () => resolve(101));
    opened.on('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0));
    opened.on('error', () => {});
  });
  opened.terminate();
  return status;
}

const FORWARDED: readonly (readonly [
  what: string,
  header: string | string[] | undefined,
  address: string,
])[] = [
  ['without the header', undefined, '127.0.0.1'],
  ['with one address', '203.0.113.9', '203.0.113.9'],
  ['with what the client has written before it', '10.1.1.1, nonsense, 203.0.113.9', '203.0.113.9'],
  ['through two that are trusted', '1.2.3.4, 203.0.113.9, 192.0.2.7', '203.0.113.9'],
  ['in several headers', ['1.2.3.4', '203.0.113.9', '192.0.2.7'], '203.0.113.9'],
  ['of IPv6', '2001:DB8:0::9', '2001:db8::9'],
  ['of IPv4 in IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
];

for (const [what, forwarded, address] of FORWARDED) {
  test(`X-Forwarded-For ${what}`, async (t) => {
    const { remotes, http } = await listeners(t, '192.0.2.7', 'http=127.0.0.1');
    assert.equal(await webSocket(http, forwarded), 101);
    assert.deepEqual(remotes, [{ address, listener: 'http' }]);
  });
}

test('X-Forwarded-For that is no address is refused where it counts', async (t) => {
  const { remotes, http } = await listeners(t, 'http=127.0.0.1');
  for (const forwarded of [
    'unknown',
    '203.0.113.9:8080',
    '203.0.113.9, _hidden',
    '203.0.113.9, 127.1',
    '[::1]',
  ])
    assert.equal(await webSocket(http, forwarded), 400, forwarded);
  assert.deepEqual(remotes, []);
});

test('X-Forwarded-For from an address that is not trusted says nothing', async (t) => {
  const { remotes, http } = await listeners(t, 'tcp=127.0.0.1', '192.0.2.7');
  assert.equal(await webSocket(http, '203.0.113.9'), 101);
  assert.equal(await webSocket(http, 'nonsense'), 101);
  assert.deepEqual(
    remotes.map(({ address }) => address),
    ['127.0.0.1', '127.0.0.1'],
  );
});

test('4.4 the connections that a proxy passes on are counted by the address that it says', async (t) => {
  const { tcp } = await listeners(t, '127.0.0.1');
  for (let i = 0; i < 128; i++) {
    const peer = Peer.over(await dial(tcp));
    peer.sayBytes(OVER_IPV4);
    await peer.hears('WHO');
  }
  const further = Peer.over(await dial(tcp));
  further.sayBytes(OVER_IPV4);
  await further.hearsLast('ERR');
  const another = Peer.over(await dial(tcp));
  another.sayBytes(OVER_IPV6);
  await another.hears('WHO');
});
