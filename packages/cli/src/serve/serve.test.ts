import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { palabre, serve } from '../testing/palabre.ts';

test('what it prints at the start tells a newcomer how to join, and it is so', async () => {
  await using server = await serve();
  assert.match(server.greeting, new RegExp(`nc ${server.host} ${server.port}`));
  for (const word of ['IAM', 'MSG', 'PRV', 'WHO', 'BYE'])
    assert.match(server.greeting, new RegExp(`\\b${word}\\b`));
  const socket = connect(server.port, server.host);
  socket.end('IAM ana\nMSG good evening\nWHO\nBYE\n');
  assert.equal(await text(socket), 'WHO\nARR ana\nWHO ana\nLFT ana\n');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} stops it cleanly, with people in it`, async () => {
    await using server = await serve('--linger', '86400');
    const socket = connect(server.port, server.host);
    socket.write('IAM ana\n');
    await once(socket, 'data');
    const extended = connect(server.port, server.host);
    extended.write('EXT\nIAM bo\n');
    await once(extended, 'data');
    server.process.kill(signal);
    const [status] = await once(server.process, 'close');
    assert.equal(status, 0);
    assert.doesNotMatch(await text(socket), /LFT/);
  });
}

test('a port that is taken: one line that says what to do, exit status 1', async () => {
  await using server = await serve();
  const { status, stdout, stderr } = await palabre([
    'serve',
    ...['--tcp', `127.0.0.1:${server.port}`, '--http', 'off', '--data', 'none'],
  ]);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^palabre: 127\.0\.0\.1:\d+ is taken .*--tcp HOST:PORT.*\n$/);
});

test('a port of the page that is taken: the line names its flag', async () => {
  await using server = await serve();
  const { status, stderr } = await palabre([
    'serve',
    ...['--tcp', 'off', '--http', `127.0.0.1:${server.port}`, '--data', 'none'],
  ]);
  assert.equal(status, 1);
  assert.match(stderr, /^palabre: 127\.0\.0\.1:\d+ is taken .*--http HOST:PORT.*\n$/);
});

test('a port for health and metrics that is taken: the line names its flag', async () => {
  await using server = await serve();
  const { status, stderr } = await palabre([
    'serve',
    ...['--tcp', '127.0.0.1:0', '--http', 'off', '--data', 'none'],
    ...['--admin-http', `127.0.0.1:${server.port}`],
  ]);
  assert.equal(status, 1);
  assert.match(stderr, /^palabre: 127\.0\.0\.1:\d+ is taken .*--admin-http HOST:PORT.*\n$/);
});

test('the address of health and metrics is printed, and they are there', async () => {
  await using server = await serve('--admin-http', '127.0.0.1:0');
  const [, url = ''] = /metrics are at (http:\S+), for this machine alone/.exec(server.greeting) ?? [];
  assert.match(await (await fetch(url)).text(), /^palabre_members 0$/m);
});

test('the address of the page is printed, and the page or a word on it is there', async () => {
  await using server = await serve('--http', '127.0.0.1:0');
  const [, url = ''] = /with a browser: +(http:\S+)/.exec(server.greeting) ?? [];
  const answer = await fetch(url);
  assert.ok(answer.status === 200 || /npm run build/.test(await answer.text()));
});

test('a certificate that is not there: one line that says so, exit status 1', async () => {
  const { status, stderr } = await palabre([
    'serve',
    ...['--tcp', 'off', '--http', 'off', '--data', 'none'],
    ...['--tls-cert', 'no-such.pem', '--tls-key', 'no-such.pem'],
  ]);
  assert.equal(status, 1);
  assert.match(stderr, /^palabre: the certificate can't be read: .*no-such\.pem.*\n$/);
});

test('a host that is not this machine: one line, exit status 1', async () => {
  const { status, stderr } = await palabre([
    'serve',
    ...['--tcp', '192.0.2.1:7070', '--http', 'off', '--data', 'none'],
  ]);
  assert.equal(status, 1);
  assert.match(stderr, /^palabre: 192\.0\.2\.1:7070 is no address of this machine.*\n$/);
});

const WRONG: readonly (readonly string[])[] = [
  ['serve', '--rate', 'fast'],
  ['serve', '--rate', '0'],
  ['serve', '--tcp', '7070'],
  ['serve', '--http', 'on'],
  ['serve', '--tls-cert', 'cert.pem'],
  ['serve', '--allow-origin', 'chat.example.org'],
  ['serve', '--tcp', '127.0.0.1:70700'],
  ['serve', '--max-connections', '0.5'],
  ['serve', '--keep', 'long'],
  ['serve', '--admin-http', '7079'],
  ['serve', '--log-level', 'loud'],
  ['serve', '--linger', '-1'],
  ['serve', '--nonsense'],
  ['serve', 'and', 'more'],
  ['speak'],
];
for (const args of WRONG) {
  test(`palabre ${args.join(' ')}: one line on stderr, exit status 2`, async () => {
    const { status, stdout, stderr } = await palabre(args);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^error: .+\n$/);
  });
}

test('flags are environment variables too', async () => {
  const { stdout } = await palabre(['serve', '--help']);
  for (const name of [
    'TCP',
    'TLS',
    'TLS_CERT',
    'TLS_KEY',
    'HTTP',
    'ALLOW_ORIGIN',
    'DATA',
    'KEEP',
    'LINGER',
    'RATE',
    'MAX_CONNECTIONS',
    'ADMIN_HTTP',
    'LOG_LEVEL',
  ])
    assert.match(stdout, new RegExp(`PALABRE_${name}\\b`));
});
