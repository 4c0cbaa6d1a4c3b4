/** A member that does not read, among 500 that do, while 50 MB are said: on the server as a process, with its memory measured. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { type Served, serve } from '../testing/palabre.ts';

const READERS = 500;
const SAID_BYTES = 50_000_000;
const TEXT_BYTES = 1000;
const MOST_MEMORY_MB = 200;

const LINES = SAID_BYTES / TEXT_BYTES;

/**
 * Lines that the speaker may be ahead of those who read. They all sit in one process, and what it has not read yet lies in the system: without
 * a bound there comes a point (tcp(7), tcp_mem) at which the system drops what it has, and each connection then stands still for seconds.
 */
const AHEAD = 500;

/** The n-th line as everybody else sees it; all have one length. */
function heard(n: number): string {
  return `MSG speaker ${String(n).padStart(TEXT_BYTES, '.')}\n`;
}

const LINE_BYTES = heard(0).length;

/** Reads all, into one buffer that all share, and compares what the speaker says with what is due. */
class Reader {
  readonly socket: Socket;
  readonly #due: Buffer;
  /** Lines of the speaker's that have come, each the next. */
  #heard = 0;
  /** All other lines. */
  #others: string[] = [];
  #partial = Buffer.alloc(0);
  #wake: (error?: Error) => void = () => {};

  constructor({ host, port }: Served, name: string, buffer: Buffer, due: Buffer) {
    this.#due = due;
    const callback = (bytes: number): boolean => {
      this.#take(buffer.subarray(0, bytes));
      return true;
    };
    this.socket = connect({ host, port, onread: { buffer, callback } });
    this.socket.write(`IAM ${name}\n`);
    this.socket.on('error', () => {}); // Told as its end.
    this.socket.on('close', () => this.#wake(new Error(`the server has closed ${name}`)));
  }

  /** Resolves when it has been told this, beside what the speaker says. */
  async told(line: string): Promise<void> {
    while (!this.#others.includes(line)) await this.#more();
    this.#others = [];
  }

  /** Resolves when it has heard so many of the speaker's lines. */
  async heard(lines: number): Promise<void> {
    while (this.#heard < lines) await this.#more();
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#wake = (error) => (error ? reject(error) : resolve());
    });
  }

  #take(bytes: Buffer): void {
    const all = this.#partial.length > 0 ? Buffer.concat([this.#partial, bytes]) : bytes;
    let at = 0;
    for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, at)) {
      const due = this.#heard * LINE_BYTES;
      if (all.compare(this.#due, due, due + LINE_BYTES, at, end + 1) === 0) this.#heard++;
      else this.#others.push(all.toString('utf8', at, end));
      at = end + 1;
    }
    this.#partial = Buffer.from(all.subarray(at));
    this.#wake();
  }

  /** Whatever it was told since, that the speaker was not due to say. */
  get others(): readonly string[] {
    return this.#others;
  }
}

function memoryMb(pid: number | undefined): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

test(`4.3 a member that does not read, among ${READERS} that do, while ${SAID_BYTES / 1e6} MB are said`, async (t) => {
  if (process.platform !== 'linux') return t.skip('memory is read from /proc: run this test on Linux');
  await using server = await serve('--rate', 'off', '--data', 'none');
  const due = Buffer.from(Array.from({ length: LINES }, (_, n) => heard(n)).join(''));
  const buffer = Buffer.allocUnsafe(64 * 1024);
  const readers: Reader[] = [];
  for (let i = 0; i < READERS; i++) readers.push(new Reader(server, `r${i}`, buffer, due));
  const deaf = new Reader(server, 'deaf', buffer, due);
  await deaf.told('ARR deaf');
  deaf.socket.pause();
  const deafEnded = new Promise((resolve) => deaf.socket.on('close', resolve));
  const speaker = new Reader(server, 'speaker', buffer, due);
  await Promise.all(readers.map((reader) => reader.told('ARR speaker')));

  for (let n = 0; n < LINES; n++) {
    if (!speaker.socket.write(heard(n).replace('MSG speaker', 'MSG'))) await once(speaker.socket, 'drain');
    if (n % AHEAD === 0) await Promise.all(readers.map((reader) => reader.heard(n - AHEAD)));
  }
  await Promise.all(readers.map((reader) => reader.heard(LINES)));
  for (const reader of readers) assert.deepEqual(reader.others, ['LFT deaf']);
  deaf.socket.resume();
  await deafEnded;

  const memory = memoryMb(server.process.pid);
  t.diagnostic(`the server's memory at its highest: ${memory.toFixed(0)} MB`);
  assert.ok(memory < MOST_MEMORY_MB, `${memory} MB`);
  for (const { socket } of readers) socket.destroy();
  speaker.socket.destroy();
});
