import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect } from 'node:tls';
import { WebSocket } from 'ws';
import { FIRST, OVER, type Pem, SECOND } from '../testing/certificates.ts';
import { Events } from '../testing/events.ts';
import { Peer, testServer } from '../testing/peer.ts';
import { CannotUseCertificate } from './certificate.ts';

const ANY = { host: '127.0.0.1', port: 0 };

function filesOf(t: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-tls-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const files = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') };
  let seconds = 1_700_000_000;
  return {
    files,
    write({ cert, key }: Pem) {
      writeFileSync(files.cert, cert);
      writeFileSync(files.key, key);
      // Written twice within a tick of the file system's clock they would look the same.
      for (const file of Object.values(files)) utimesSync(file, ++seconds, seconds);
    },
  };
}

async function tlsServer(t: TestContext, pem: Pem) {
  const { files, write } = filesOf(t);
  write(pem);
  const events = new Events();
  const server = await testServer({
    tls: ANY,
    http: { address: ANY, page: undefined, allowOrigins: [] },
    certificate: { ...files, lookMs: 50 },
    events,
  });
  return { server, events, write };
}

async function open(port: number | undefined, ca: string, options: object = {}): Promise<Peer> {
  const socket = connect({ host: '127.0.0.1', port, ca, ...options });
  const peer = Peer.over(socket);
  await once(socket, 'secureConnect');
  return peer;
}

test('the nine words over TLS, and over a WebSocket over TLS', async (t) => {
  const { server } = await tlsServer(t, FIRST);
  await using _ = server;
  const ana = await open(server.tls?.port, FIRST.cert);
  ana.say('IAM ana');
  await ana.hears('WHO', 'ARR ana');
  const bo = new WebSocket(`wss://127.0.0.1:${server.http?.port}/chat`, { ca: FIRST.cert });
  await once(bo, 'open');
  bo.send('IAM bo\nMSG hi');
  await ana.hears('ARR bo', 'MSG bo hi');
  bo.terminate();
  await ana.hears('LFT bo');
  ana.say('BYE');
  await ana.hearsLast('LFT ana');
});

test('the page over HTTPS', async (t) => {
  const { server } = await tlsServer(t, FIRST);
  await using _ = server;
  const asked = request({ host: '127.0.0.1', port: server.http?.port, ca: FIRST.cert, agent: false }).end();
  const [response] = await once(asked, 'response');
  assert.equal(response.statusCode, 404);
  response.resume();
});

test('what is older than TLS 1.2, or no TLS, is refused, and costs nobody else anything', async (t) => {
  const { server } = await tlsServer(t, FIRST);
  await using _ = server;
  const port = server.tls?.port;
  await assert.rejects(
    open(port, FIRST.cert, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
  );
  await assert.rejects(open(port, FIRST.cert, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }));
  const old = await open(port, FIRST.cert, { maxVersion: 'TLSv1.2' });
  await old.hears('WHO');
});

test('who begins no handshake, or half of one, or says something else, is closed when its time is over', async (t) => {
  const { files, write } = filesOf(t);
  write(FIRST);
  await using server = await testServer({ tls: ANY, certificate: { ...files, handshakeMs: 50 } });
  const half = Buffer.from('160301010001', 'hex');
  for (const said of [undefined, half, Buffer.from('IAM ana\n')]) {
    for (const ends of [true, false]) {
      const socket = connectTcp({ host: '127.0.0.1', port: server.tls?.port ?? 0 });
      socket.on('error', () => {}).resume();
      if (said) socket.write(said);
      if (ends) socket.end();
      await once(socket, 'close');
    }
  }
});

test('a certificate that is replaced is taken up; connections stay, and what does not fit leaves it as it was', async (t) => {
  const { server, events, write } = await tlsServer(t, FIRST);
  await using _ = server;
  const ana = await open(server.tls?.port, FIRST.cert);
  ana.say('IAM ana');
  await ana.hears('WHO', 'ARR ana');
  write({ cert: SECOND.cert, key: FIRST.key });
  await events.told(/cert\.pem and .*key\.pem are no certificate with its key.*stays as it was/);
  await open(server.tls?.port, FIRST.cert);
  write(SECOND);
  await events.told(/taken up again/);
  await assert.rejects(open(server.tls?.port, FIRST.cert));
  const bo = await open(server.tls?.port, SECOND.cert);
  bo.say('IAM bo', 'MSG still here?');
  await ana.hears('ARR bo', 'MSG bo still here?');
});

test('one that has ended is told of', async (t) => {
  const { server, events } = await tlsServer(t, OVER);
  await using _ = server;
  await events.told(
    /^error \[\{"ends":"2021-01-01"\},"the certificate has ended: nobody can connect safely"\]$/,
  );
});

test('files that can not be used: the error says which, and why', async (t) => {
  const { files, write } = filesOf(t);
  const start = () => testServer({ tls: ANY, certificate: files });
  await assert.rejects(start(), (error) => {
    assert.ok(error instanceof CannotUseCertificate);
    assert.match(error.message, /the certificate can't be read: .*ENOENT.*cert\.pem/);
    return true;
  });
  write({ cert: 'nonsense', key: FIRST.key });
  await assert.rejects(start(), /are no certificate with its key/);
});
