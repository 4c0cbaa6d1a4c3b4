/** Certificates replaced again and again while everybody talks: nobody is cut off, nothing is lost, and who comes next is shown the new one. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { FIRST, type Pem, SECOND } from '../testing/certificates.ts';
import { Events } from '../testing/events.ts';
import { testServer } from '../testing/peer.ts';

const ANY = { host: '127.0.0.1', port: 0 };
/** Members over lines, and as many over WebSockets. */
const EACH = 10;
const REPLACED = 6;
/** Lines that each says and has not yet heard from its neighbour: they talk all the time, at the pace of the machine. */
const AHEAD = 4;

/** The files of a certificate, replaced in the ways in which tools do. */
class Files {
  readonly cert: string;
  readonly key: string;
  #seconds = 1_700_000_000;

  constructor(directory: string, pem: Pem) {
    this.cert = join(directory, 'cert.pem');
    this.key = join(directory, 'key.pem');
    this.#write(this.cert, pem.cert);
    this.#write(this.key, pem.key);
  }

  /** Each file at once, as certbot does. */
  replace(pem: Pem): void {
    for (const file of ['cert', 'key'] as const) {
      const next = `${this[file]}.next`;
      this.#write(next, pem[file]);
      renameSync(next, this[file]);
    }
  }

  /** In the middle of being written: half the certificate is there, and the key is the old one. */
  half({ cert }: Pem): void {
    this.#write(this.cert, cert.slice(0, cert.length / 2));
  }

  /** Written over, as `cp` does. */
  overwrite(pem: Pem): void {
    this.#write(this.cert, pem.cert);
    this.#write(this.key, pem.key);
  }

  #write(file: string, text: string): void {
    writeFileSync(file, text);
    // Written twice within a tick of the file system's clock they would look the same.
    utimesSync(file, ++this.#seconds, this.#seconds);
  }
}

/** Whoever is in the chat: writes down every line, and says the next when its neighbour has said one. */
class Talker {
  readonly name: string;
  readonly heard: string[] = [];
  said = 0;
  closed = false;
  readonly #say: (lines: string) => void;
  #rest = '';
  #talks = false;
  #wake: () => void = () => {};

  constructor(name: string, say: (lines: string) => void) {
    this.name = name;
    this.#say = say;
  }

  enter(): void {
    this.#say(`IAM ${this.name}\n`);
  }

  talk(): void {
    this.#talks = true;
    for (let i = 0; i < AHEAD; i++) this.#next();
  }

  quiet(): void {
    this.#talks = false;
  }

  take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.heard.push(line);
      // One for each that its neighbour says.
      if (this.#talks && line.startsWith(`MSG ${neighbour(this.name)} `)) this.#next();
    }
    this.#wake();
  }

  lost(): void {
    this.closed = true;
    this.#wake();
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      assert.ok(!this.closed, `${this.name} was cut off`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #next(): void {
    this.#say(`MSG ${this.said++}\n`);
  }
}

function neighbour(name: string): string {
  return `m${(Number(name.slice(1)) + 1) % (2 * EACH)}`;
}

async function overLines(name: string, port: number | undefined, ca: string): Promise<Talker> {
  const socket = connect({ host: '127.0.0.1', port, ca });
  const talker = new Talker(name, (lines) => socket.write(lines));
  socket.setEncoding('utf8').on('data', (text: string) => talker.take(text));
  socket.on('close', () => talker.lost()).on('error', () => {});
  await once(socket, 'secureConnect');
  return talker;
}

async function overWebSocket(name: string, port: number | undefined, ca: string): Promise<Talker> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/chat`, { ca });
  const talker = new Talker(name, (lines) => socket.send(lines));
  socket.on('message', (data) => talker.take(`${data}\n`));
  socket.on('close', () => talker.lost()).on('error', () => {});
  await once(socket, 'open');
  return talker;
}

/** Whose certificate a new connection is shown; nobody is trusted beforehand. */
async function shown(t: TestContext, port: number | undefined): Promise<string | undefined> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  t.after(() => socket.destroy());
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

test('8.5 certificates replaced while all talk, over lines and WebSockets: none is cut off, nothing lost or doubled', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-tls-load-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const files = new Files(directory, FIRST);
  const events = new Events();
  await using server = await testServer({
    tls: ANY,
    http: { address: ANY, page: undefined, allowOrigins: [] },
    certificate: { cert: files.cert, key: files.key, lookMs: 20 },
    events,
  });
  const talkers: Talker[] = [];
  for (let i = 0; i < 2 * EACH; i++) {
    const open = i < EACH ? overLines : overWebSocket;
    const talker = await open(`m${i}`, (i < EACH ? server.tls : server.http)?.port, FIRST.cert);
    talker.enter();
    talkers.push(talker);
  }
  const saidByAll = (): number => talkers.reduce((sum, { said }) => sum + said, 0);
  await Promise.all(talkers.map((one) => one.until(() => one.heard.includes(`ARR m${2 * EACH - 1}`))));
  for (const one of talkers) one.talk();

  const ports = [server.tls?.port, server.http?.port];
  for (let i = 1; i <= REPLACED; i++) {
    const pem = i % 2 === 1 ? SECOND : FIRST;
    if (i % 3 === 0) {
      files.half(pem);
      await events.told(/stays as it was/);
      const before = i % 2 === 1 ? 'first' : 'second';
      for (const port of ports) assert.equal(await shown(t, port), before);
      files.overwrite(pem);
    } else files.replace(pem);
    await events.told(/taken up again/);
    for (const port of ports) assert.equal(await shown(t, port), i % 2 === 1 ? 'second' : 'first');
    // They still talk, every one of them: each has said more since.
    const before = talkers.map(({ said }) => said);
    await Promise.all(talkers.map((one, j) => one.until(() => one.said > (before[j] ?? 0) + AHEAD)));
  }

  for (const one of talkers) one.quiet();
  for (const one of talkers) {
    const expected = (): number => saidByAll() - one.said;
    const messages = (): string[] => one.heard.filter((line) => line.startsWith('MSG '));
    await one.until(() => messages().length >= expected());
    const due = new Map(talkers.map(({ name }) => [name, 0]));
    for (const line of messages()) {
      const [, from = '', number] = line.split(' ');
      assert.equal(Number(number), due.get(from), `${one.name} heard ${line}`);
      due.set(from, Number(number) + 1);
    }
    for (const other of talkers) assert.equal(due.get(other.name), other === one ? 0 : other.said);
    assert.deepEqual(
      one.heard.filter((line) => line.startsWith('LFT')),
      [],
    );
    assert.ok(!one.closed);
  }
});
