/** The configurations for nginx and Caddy, in nginx and Caddy: the page, the chat, whose page may open it, who is told to be the client. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { get } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { connect } from '@palabre/client';
import { CERTIFICATE, KEY } from '../packages/client/src/testing/certificate.ts';

const PROGRAM = resolve(import.meta.dirname, '../packages/cli/bin/palabre.js');
const TIMEOUT = { timeout: 120_000 };

const trusted = getCACertificates();
setDefaultCACertificates([...trusted, CERTIFICATE]);
after(() => setDefaultCACertificates(trusted));

interface Ports {
  /** Where the proxy listens, for https and for http. */
  readonly https: number;
  readonly http: number;
  /** Where what is behind it listens. */
  readonly behind: number;
}

interface Proxy {
  readonly howToHave: string;
  readonly version: string;
  /** Writes its configuration, with these ports, into `directory`; returns the command. */
  configure(directory: string, ports: Ports): readonly string[];
}

const read = (file: string): string => readFileSync(resolve(import.meta.dirname, file), 'utf8');

/** `text` with each of these replaced, all of which it must hold. */
function replaced(text: string, pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs).reduce((all, [from, to]) => {
    assert.ok(all.includes(from), `the configuration has no '${from}'`);
    return all.replaceAll(from, to);
  }, text);
}

const PROXIES: Readonly<Record<string, Proxy>> = {
  nginx: {
    howToHave: 'apt-get install nginx-light',
    version: '-v',
    configure(directory, { https, http, behind }) {
      const site = replaced(read('nginx/palabre.conf'), {
        'listen 80;': `listen 127.0.0.1:${http};`,
        'listen 443 ssl;': `listen 127.0.0.1:${https} ssl;`,
        'chat.example.org;': 'localhost;',
        '/etc/letsencrypt/live/chat.example.org/fullchain.pem': `${directory}/cert.pem`,
        '/etc/letsencrypt/live/chat.example.org/privkey.pem': `${directory}/key.pem`,
        '127.0.0.1:7071': `127.0.0.1:${behind}`,
      });
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((what) => `${what}_temp_path ${directory}/${what};`)
        .join(' ');
      const main = `daemon off; pid ${directory}/pid; error_log stderr; events {} http { access_log off; ${temporary} ${site} }`;
      writeFileSync(join(directory, 'nginx.conf'), main);
      return ['nginx', '-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')];
    },
  },
  caddy: {
    howToHave: 'apt-get install caddy',
    version: 'version',
    configure(directory, { https, behind }) {
      const site = replaced(read('caddy/Caddyfile'), {
        'chat.example.org {': `https://localhost:${https} {\n\tbind 127.0.0.1\n\ttls ${directory}/cert.pem ${directory}/key.pem`,
        '127.0.0.1:7071': `127.0.0.1:${behind}`,
      });
      writeFileSync(join(directory, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
      return ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(directory, 'Caddyfile')];
    },
  },
};

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Ends a process with the test, and waits for its end. */
function until(t: TestContext, child: ChildProcess): void {
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM'); // SIGKILL would leave nginx's workers behind.
    await once(child, 'exit');
  });
}

/** Runs the proxy before `behind`; returns where it listens, `undefined` if it is not on this machine: the test is skipped. */
async function start(t: TestContext, name: string, behind: number): Promise<Ports | undefined> {
  const { howToHave, version, configure } = PROXIES[name] ?? assert.fail(name);
  if (spawnSync(name, [version]).error) {
    const why = `${name} is not on this machine; to have it: ${howToHave}`;
    if (process.env.CI === 'true') throw new Error(why);
    t.skip(why);
    return undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), `palabre-${name}-`));
  t.after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
  writeFileSync(join(directory, 'cert.pem'), CERTIFICATE);
  writeFileSync(join(directory, 'key.pem'), KEY);
  const ports = { https: await freePort(), http: await freePort(), behind };
  const [program = '', ...args] = configure(directory, ports);
  const env = { PATH: process.env.PATH, HOME: directory };
  const proxy = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  proxy.stderr.on('data', (chunk) => {
    told += chunk;
  });
  until(t, proxy);
  const late = AbortSignal.timeout(TIMEOUT.timeout / 2);
  for (;;) {
    const answered = await fetch(`https://localhost:${ports.https}/`).then(
      () => true,
      () => false,
    );
    if (answered) return ports;
    assert.ok(!late.aborted && proxy.exitCode === null, `${name} does not listen: ${told}`);
    await setTimeout(20);
  }
}

/** `palabre serve` with the page alone; its port. */
async function palabre(t: TestContext): Promise<number> {
  const flags = ['--tcp', 'off', '--http', '127.0.0.1:0', '--admin-http', 'off', '--data', 'none'];
  const server = spawn(process.execPath, [PROGRAM, 'serve', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  until(t, server);
  let greeting = '';
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    greeting += String(chunk);
    if (greeting.includes('Ctrl-C')) break;
  }
  const [, port] = /listens on 127\.0\.0\.1:(\d+) \(http\)/.exec(greeting) ?? [];
  return Number(port);
}

/** The status with which a WebSocket is opened for a page of that site. */
async function opened(port: number, origin: string): Promise<number | undefined> {
  const request = get({
    ...{ host: 'localhost', port, path: '/chat', ca: CERTIFICATE },
    headers: {
      ...{ connection: 'Upgrade', upgrade: 'websocket', origin },
      ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
    },
  });
  return await new Promise((resolve, reject) => {
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
}

for (const name of Object.keys(PROXIES)) {
  test(`${name}: the page, the chat over a WebSocket, and no other site's page`, TIMEOUT, async (t) => {
    const ports = await start(t, name, await palabre(t));
    if (!ports) return;
    const site = `https://localhost:${ports.https}`;
    const page = await fetch(`${site}/`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    const [, script = ''] = /src="([^"]+\.js)"/.exec(await page.text()) ?? [];
    const loaded = await fetch(new URL(script, site), { headers: { 'accept-encoding': 'br' } });
    assert.equal(loaded.headers.get('content-encoding'), 'br');

    await using ana = await connect(`wss://localhost:${ports.https}`, { name: 'ana' });
    await using bo = await connect(`wss://localhost:${ports.https}`, { name: 'bo' });
    const { id } = await ana.say('through a proxy');
    for await (const event of bo) {
      if (event.type !== 'message') continue;
      assert.deepEqual([event.id, event.from, event.text], [id, 'ana', 'through a proxy']);
      break;
    }
    assert.equal(await opened(ports.https, site), 101);
    assert.equal(await opened(ports.https, 'https://elsewhere.example'), 403); // 4.5
    if (name === 'nginx') {
      const plain = await fetch(`http://localhost:${ports.http}/x`, { redirect: 'manual' });
      assert.deepEqual([plain.status, plain.headers.get('location')], [301, 'https://localhost/x']);
    }
  });

  test(`${name}: who the client is says the proxy, not the client`, TIMEOUT, async (t) => {
    const got: IncomingHttpHeaders[] = [];
    const behind = createServer(({ headers }, response) => {
      got.push(headers);
      response.end();
    }).listen(0, '127.0.0.1');
    t.after(() => {
      behind.close();
      behind.closeAllConnections();
    });
    await once(behind, 'listening');
    const ports = await start(t, name, (behind.address() as AddressInfo).port);
    if (!ports) return;
    await fetch(`https://localhost:${ports.https}/`, { headers: { 'x-forwarded-for': '192.0.2.1' } });
    assert.equal(got.at(-1)?.['x-forwarded-for'], '127.0.0.1');
    assert.equal(got.at(-1)?.host, `localhost:${ports.https}`);
  });
}
