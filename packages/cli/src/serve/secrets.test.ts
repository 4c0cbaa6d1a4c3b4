/** Whatever is said to a server, and however it goes wrong: no text, no token and no key is in what it prints, nor in its metrics. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { parseLine } from '@palabre/protocol';
import { serve } from '../testing/palabre.ts';

const DEADLINE_MS = 20_000;

/** What must be nowhere: each thing that somebody says has a mark of its own. */
const MARKS = {
  ...{ said: 'acorn-1', whispered: 'beech-2', inARoom: 'cedar-3', room: 'dogwood-4' },
  ...{ key: 'fir-6', wrongKey: 'ginkgo-7', wrongToken: 'hazel-8', ref: 'ivy-9', search: 'juniper-10' },
  ...{ word: 'katsura-11', toNobody: 'larch-12', long: 'maple-13', control: 'nutmeg-14', tags: 'oak-15' },
  ...{
    notAName: 'pine-16',
    halfALine: 'quince-17',
    url: 'rowan-18',
    header: 'spruce-19',
    stranger: 'tulip-20',
  },
  ...{ frame: 'umbrella-21', query: 'viburnum-22' },
} as const;

class Talker {
  readonly socket: Socket;
  #all = '';
  #wake: () => void = () => {};

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk) => {
      this.#all += chunk;
      this.#wake();
    });
  }

  /** Says these lines, and waits for one that matches. */
  async say(lines: readonly (string | Buffer)[], until: RegExp): Promise<string> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const from = this.#all.length;
    for (const line of lines) this.socket.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
    for (;;) {
      const found = this.#all.slice(from).match(until);
      if (found) return found[0];
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        deadline.onabort = () => reject(new Error(`${until} did not come: ${this.#all.slice(from)}`));
      });
    }
  }
}

/** A request to open the chat over a WebSocket, with these headers too; the LF that ends it comes with being said. */
function upgrade(headers: readonly string[]): string {
  return [
    `GET /chat?token=${MARKS.url} HTTP/1.1`,
    ...['Host: localhost', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'],
    ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', ...headers, '\r'],
  ].join('\r\n');
}

function found(secrets: readonly string[], printed: string): string[] {
  return secrets.filter((secret) => printed.includes(secret));
}

test('no text, no token and no key is in what the server prints, at its most talkative, nor in its metrics', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'palabre-secrets-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  await using server = await serve(
    ...['--data', data, '--rate', 'off', '--log-level', 'debug', '--linger', '60'],
    ...['--http', '127.0.0.1:0', '--admin-http', '127.0.0.1:0'],
  );
  const printed = Promise.all([text(server.process.stdout), text(server.process.stderr)]);
  const [, metrics = ''] = /metrics are at (\S+),/.exec(server.greeting) ?? [];
  const httpPort = Number(/:(\d+) \(http\)/.exec(server.greeting)?.[1]);
  const tokenIn = (line: string): string => parseLine(line.trim())?.tags?.get('token') ?? assert.fail(line);

  const ana = new Talker(server.port);
  const token = tokenIn(await ana.say(['EXT', `@ref=in;key=${MARKS.key} IAM ana`], /^@.*ARR ana$/m));
  const bo = new Talker(server.port);
  await bo.say([`@key=${MARKS.wrongKey} IAM bo`], /ARR bo/);
  await bo.say([`MSG ${MARKS.said}`, `PRV ana ${MARKS.whispered}`, 'WHO'], /^WHO ana bo$/m);
  await ana.say(
    [
      `@ref=${MARKS.ref};room=${MARKS.room} IAM ana`,
      `@ref=r1;room=${MARKS.room} MSG ${MARKS.inARoom}`,
      `@ref=r2 XYZ ${MARKS.word}`,
      `@ref=r3 PRV zoe ${MARKS.toNobody}`,
      `@ref=r4 MSG ${MARKS.long} ${'x'.repeat(5000)}`,
      Buffer.concat([Buffer.from(`@ref=r5 MSG ${MARKS.control} `), Buffer.from([0x1b, 0xff])]),
      `@${MARKS.tags}=%;= MSG hi`,
      `@ref=r6;find=${MARKS.search} HST`,
      '@ref=end EXT',
    ],
    /^@.*ref=end.* EXT/m,
  );
  const eve = new Talker(server.port);
  await eve.say(['EXT', MARKS.stranger, `IAM Pseu ${MARKS.notAName} do`], /ERR/);
  await eve.say([`@token=1z.${MARKS.wrongToken} IAM eve`], /ARR eve/);
  const again = new Talker(server.port);
  await again.say(['EXT', `@token=${token};after=0;key=${MARKS.key} IAM ana`], /HST$/m);
  eve.socket.end(`MSG ${MARKS.halfALine}`);

  const web = new Talker(httpPort);
  await web.say([upgrade([`Authorization: Bearer ${MARKS.header}`])], /^HTTP\/1\.1 101/);
  // A message that is not text, masked with zeros: it is answered with the end of the connection (4.6).
  web.socket.write(Buffer.from([0x82, 0x80 + MARKS.frame.length, 0, 0, 0, 0, ...Buffer.from(MARKS.frame)]));
  await once(web.socket, 'data');
  web.socket.destroy();
  await new Talker(httpPort).say([upgrade([`Origin: http://${MARKS.header}.example`])], /^HTTP\/1\.1 403/);
  const scraped = await (await fetch(`${metrics}?key=${MARKS.query}`)).text();
  await (await fetch(`${metrics}/${MARKS.query}`)).text();

  server.process.kill('SIGTERM');
  const all = [server.greeting, ...(await printed), scraped].join('\n');
  const [, signature = ''] = token.split('.');
  assert.ok(signature.length > 20);
  const secrets = [...Object.values(MARKS), token, signature];
  assert.deepEqual(found(secrets, all), []);

  // That it looks where it should, and would find: what may be told at this level is there, and so would the rest be.
  for (const event of ['connection opened', 'member entered', 'member resumed', 'stopped'])
    assert.ok(all.includes(`"${event}"`), event);
  assert.deepEqual(found(['"name":"ana"', 'palabre_refusals_total{why="word"} 1'], all).length, 2);
  assert.deepEqual(found(secrets, `${all} ${secrets.join(' ')}`), secrets);
});
