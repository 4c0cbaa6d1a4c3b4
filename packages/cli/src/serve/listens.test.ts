/** What `palabre serve` opens when nobody says where: this machine alone reaches it. Read from the system, so that nothing the server opens is overlooked. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CERTIFICATE } from '../testing/certificate.ts';
import { isLoopback, type ListeningSocket, listeningOf } from '../testing/listening.ts';
import { serve } from '../testing/palabre.ts';
import { serveCommand } from './command.ts';

function onLinux(t: TestContext): boolean {
  if (process.platform === 'linux') return true;
  t.skip('what a process listens on is read from /proc, which Linux has');
  return false;
}

/** Every flag that has an address by default, as given: its host, with a free port in place of the usual one. */
function flagsByDefault(): string[] {
  return serveCommand().options.flatMap(({ long, defaultValue: value }) => {
    const isAddress = typeof value === 'object' && value !== null && 'host' in value && 'port' in value;
    return long && isAddress ? [long, `${value.host}:0`] : [];
  });
}

async function listening(t: TestContext, ...flags: string[]): Promise<ListeningSocket[]> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-listens-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(cert, CERTIFICATE.cert);
  writeFileSync(key, CERTIFICATE.key);
  // With a journal and a certificate: all that it opens.
  await using server = await serve(
    '--data',
    join(folder, 'data'),
    '--tls-cert',
    cert,
    '--tls-key',
    key,
    ...flags,
  );
  return listeningOf(server.process.pid ?? assert.fail('it did not start'));
}

test('by default it listens on the loopback alone, over IPv4 and IPv6, TCP and UDP', async (t) => {
  if (!onLinux(t)) return;
  const flags = flagsByDefault();
  for (const flag of ['--tcp', '--tls', '--http']) assert.ok(flags.includes(flag), `${flag} has a default`);
  const sockets = await listening(t, ...flags);
  assert.equal(sockets.length, flags.length / 2, JSON.stringify(sockets));
  assert.deepEqual(
    sockets.filter((socket) => !isLoopback(socket)),
    [],
  );
});

for (const [host, seen] of [
  ['0.0.0.0', '0.0.0.0'],
  ['[::]', '0000:0000:0000:0000:0000:0000:0000:0000'],
] as const) {
  test(`what is opened to others is found: --tcp ${host}:0`, async (t) => {
    if (!onLinux(t)) return;
    const open = (await listening(t, '--tcp', `${host}:0`, '--tls', '127.0.0.1:0')).filter(
      (socket) => !isLoopback(socket),
    );
    assert.deepEqual(
      open.map((socket) => socket.host),
      [seen],
    );
  });
}

test('the loopback of IPv6 is one', async (t) => {
  if (!onLinux(t)) return;
  const sockets = await listening(t, '--tcp', '[::1]:0', '--tls', 'off');
  assert.deepEqual(
    sockets.map((socket) => [socket.protocol, isLoopback(socket)]),
    [['tcp6', true]],
  );
});
