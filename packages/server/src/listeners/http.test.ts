import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { testServer } from '../testing/peer.ts';
import { httpHost } from '../testing/web-peer.ts';

const SCRIPT = 'export const tree = "palabre";\n'.repeat(100);

/** A server of a page as the build makes it. */
async function pageServer(t: TestContext, built = true) {
  const page = mkdtempSync(join(tmpdir(), 'palabre-page-'));
  t.after(() => rmSync(page, { recursive: true, force: true }));
  mkdirSync(join(page, 'assets'));
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Palabre</title>');
  writeFileSync(join(page, 'assets/app-1a2b3c.js'), SCRIPT);
  writeFileSync(join(page, 'assets/app-1a2b3c.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(page, '../palabre-secret'), 'not for you');
  t.after(() => rmSync(join(page, '../palabre-secret')));
  const address = { host: '127.0.0.1', port: 0 };
  return testServer({ http: { address, page: built ? page : undefined, allowOrigins: [] } });
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

// Not `fetch`: it would tidy the path.
async function ask(
  host: string,
  path: string,
  method = 'GET',
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const [hostname, port] = host.split(':');
  const asked = request({ hostname, port, path, method, headers, agent: false }).end();
  return new Promise((resolve, reject) => {
    asked.on('error', reject).on('response', (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode, headers: response.headers, body }),
        reject,
      );
    });
  });
}

test('the page, with what a careful site sends', async (t) => {
  await using server = await pageServer(t);
  const { status, headers, body } = await ask(httpHost(server), '/');
  assert.equal(status, 200);
  assert.match(body, /Palabre/);
  assert.match(String(headers['content-type']), /text\/html/);
  assert.equal(headers['cache-control'], 'no-cache');
  const policy = String(headers['content-security-policy']);
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
});

test('assets are compressed and kept for ever', async (t) => {
  await using server = await pageServer(t);
  const { headers } = await ask(httpHost(server), '/assets/app-1a2b3c.js', 'GET', {
    'accept-encoding': 'gzip, br',
  });
  assert.equal(headers['content-encoding'], 'gzip');
  assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(Number(headers['content-length']), gzipSync(SCRIPT).length);
  const plain = await ask(httpHost(server), '/assets/app-1a2b3c.js');
  assert.equal(plain.body, SCRIPT);
});

test('what is not there is not found, and nothing outside the page is there', async (t) => {
  await using server = await pageServer(t);
  const host = httpHost(server);
  for (const path of [
    '/nothing',
    '/../palabre-secret',
    '/%2e%2e/palabre-secret',
    '/assets/..%2f..%2fpalabre-secret',
    '//etc/passwd',
    '/%',
    '/assets/%00',
  ]) {
    const { status, body } = await ask(host, path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body, /not for you|root:/);
  }
});

test('what is not GET or HEAD is not allowed', async (t) => {
  await using server = await pageServer(t);
  const host = httpHost(server);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const { status, headers } = await ask(host, '/', method);
    assert.equal(status, 405);
    assert.equal(headers.allow, 'GET, HEAD');
  }
  assert.equal((await ask(host, '/', 'HEAD')).status, 200);
});

test('/chat without an upgrade says what it is for; an upgrade elsewhere is not found', async (t) => {
  await using server = await pageServer(t);
  const host = httpHost(server);
  assert.equal((await ask(host, '/chat')).status, 426);
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  assert.equal((await ask(host, '/', 'GET', upgrade)).status, 404);
  assert.equal((await ask(host, '/chat', 'GET', upgrade)).status, 400, 'no key');
});

test('a page that was not built is said to be so', async (t) => {
  await using server = await pageServer(t, false);
  const { status, body } = await ask(httpHost(server), '/');
  assert.equal(status, 404);
  assert.match(body, /npm run build/);
});

test('a server that stops waits neither for half a request nor for a connection that is kept alive', async (t) => {
  const server = await pageServer(t);
  const [host, port] = httpHost(server).split(':');
  const half = connect(Number(port), host);
  half.write('GET / HTTP/1.1\r\nHost: h\r\n');
  const kept = connect(Number(port), host);
  kept.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  await once(kept, 'data');
  await Promise.all([server.stop(), ...[half, kept].map((socket) => closed(socket))]);
});

async function closed(socket: Socket): Promise<void> {
  socket.on('error', () => {}).resume();
  await once(socket, 'close');
}

test('who offers another protocol than a WebSocket gets the page over this one', async (t) => {
  await using server = await pageServer(t);
  const { port } = new URL(`http://${httpHost(server)}`);
  const socket = connect(Number(port), '127.0.0.1');
  const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`);
  const [first] = await once(socket, 'data');
  assert.match(String(first), /^HTTP\/1.1 200 /);
  socket.destroy();
});
