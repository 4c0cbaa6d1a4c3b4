import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('a proxy that is no address: one line that says so, exit status 2', async () => {
  const { status, stderr } = await palabre(['serve', '--trust-proxy', '10.0.0.1,http=proxy.example.org']);
  assert.equal(status, 2);
  assert.match(stderr, /--trust-proxy.*http=proxy\.example\.org is no address, nor a network/);
});

test('a second signal ends it at once, whoever is still reading; so does one while it drains', async () => {
  await using server = await serve('--drain', '10m', '--rate', 'off');
  const deaf = connect(server.port, server.host);
  deaf.on('error', () => {});
  deaf.pause();
  deaf.write('IAM deaf\n');
  const bo = connect(server.port, server.host);
  bo.on('error', () => {});
  bo.resume();
  // Over 6 MB for one that reads nothing: more than the system takes of it.
  bo.write(`IAM bo\n${`MSG ${'x'.repeat(4000)}\n`.repeat(1600)}BYE\n`);
  await once(bo, 'end');
  server.process.kill('SIGTERM');
  while (await connects(server)) await new Promise((resolve) => setImmediate(resolve));
  server.process.kill('SIGTERM');
  assert.deepEqual(await once(server.process, 'close'), [null, 'SIGTERM']);
  deaf.destroy();
});

/** Whether it takes connections still. */
async function connects({ host, port }: { readonly host: string; readonly port: number }): Promise<boolean> {
  const socket = connect(port, host);
  const made = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return made;
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

test('open to others: what it prints says what that means; with a password nobody comes in without', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-serve-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'password');
  writeFileSync(file, 'open sesame\n', { mode: 0o600 });
  {
    await using server = await serve('--tcp', '0.0.0.0:0');
    assert.match(server.greeting, /Not encrypted \(tcp\): whoever is on the way can read everything\./);
    assert.match(server.greeting, /No password: whoever can reach it can come in/);
  }
  await using server = await serve('--tcp', '0.0.0.0:0', '--password-file', file);
  assert.match(server.greeting, /everything, the password included\./);
  assert.doesNotMatch(server.greeting, /No password|sesame/);
  const socket = connect(server.port, '127.0.0.1');
  socket.end('IAM ana\n@key=open\\ssesame IAM ana\nBYE\n');
  assert.equal(await text(socket), 'WHO\nERR ana\nARR ana\nLFT ana\n');
});

test('a password file that can not be used: one line that says so, exit status 1', async () => {
  for (const [file, why] of [
    ['/no/such/file', /^palabre: the password file \/no\/such\/file can't be read \(ENOENT\): .*\n$/],
    ['/dev/null', /^palabre: the first line of \/dev\/null is empty: write the password there.*\n$/],
  ] as const) {
    const { status, stdout, stderr } = await palabre([
      'serve',
      ...['--tcp', '127.0.0.1:0', '--http', 'off', '--data', 'none', '--password-file', file],
    ]);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, why);
  }
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
  ['serve', '--drain', 'long'],
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
    'PUBLIC',
    'PASSWORD_FILE',
    'ALLOW_ORIGIN',
    'DATA',
    'KEEP',
    'LINGER',
    'RATE',
    'MAX_CONNECTIONS',
    'DRAIN',
    'ADMIN_HTTP',
    'LOG_LEVEL',
  ])
    assert.match(stdout, new RegExp(`PALABRE_${name}\\b`));
});
