import { connect, type Socket } from 'node:net';
import type { Address } from '../address.ts';
import { deadline } from './deadline.ts';
import { keyed } from './keyed.ts';
import { readTags, type Tags } from './tags.ts';
import { show, type Transcript } from './transcript.ts';

/**
 * One line that the server sent, without its line end. `body` is what stands after its tags (3.1), and all of it where it
 * has none. `crlf`: it ended with CR LF and not with LF.
 */
export type Line = {
  readonly text: string;
  readonly tags: Tags;
  readonly body: string;
  readonly word: string;
  readonly bytes: number;
  readonly crlf: boolean;
};

/** How long a connection may take to be accepted, ms. Apart from the deadline for a line: a network is no server. */
const CONNECT_MS = 5_000;

/** What a server may send on one connection without an LF, and in all, bytes. Past that the kit hangs up. */
const MOST_PENDING = 1 << 20;
const MOST_IN_ALL = 8 << 20;

const LF = 0x0a;
const CR = 0x0d;

export type PeerOptions = {
  readonly address: Address;
  /** The letter by which reports call this connection. */
  readonly label: string;
  /** What the server asks for of those who enter: said with every IAM. */
  readonly key?: string | undefined;
  /** The deadline for one expected line, ms. */
  readonly timeoutMs: number;
  readonly transcript: Transcript;
  /** Lines that are none of this check's business (other people talk on this server too) are dropped. */
  readonly isNoise: (text: string) => boolean;
};

/**
 * One TCP connection that says lines and keeps the lines that come.
 *
 * It has its own reader of lines, and judges nothing: a check looks at what came from {@link step} on, either at once
 * ({@link heard}) or waiting for it with a deadline ({@link line}).
 */
export class Peer {
  readonly label: string;
  /** The name under which this connection is identified, empty before that. */
  name = '';
  readonly lines: Line[] = [];
  /** True once no further line can come: the server closed, or the connection was lost. */
  over = false;
  readonly #socket: Socket;
  readonly #key: string | undefined;
  readonly #timeoutMs: number;
  readonly #transcript: Transcript;
  readonly #isNoise: (text: string) => boolean;
  readonly #watchers = new Set<() => void>();
  #from = 0;
  #pending: Buffer = Buffer.alloc(0);
  #total = 0;
  #leaving = false;

  private constructor(socket: Socket, options: PeerOptions) {
    this.#socket = socket;
    this.label = options.label;
    this.#key = options.key;
    this.#timeoutMs = options.timeoutMs;
    this.#transcript = options.transcript;
    this.#isNoise = options.isNoise;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('end', () => this.#end('the server closes the connection'));
    socket.on('error', (error) => this.#end(`the connection breaks: ${error.message}`));
    socket.on('close', () => this.#end('the connection ends'));
  }

  /** Connects, or throws an Error that says why it could not. */
  static connect(options: PeerOptions): Promise<Peer> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: options.address.host, port: options.address.port, noDelay: true });
      const stop = deadline(CONNECT_MS, () => socket.destroy(new Error(`no answer within ${CONNECT_MS} ms`)));
      socket.once('error', (error: NodeJS.ErrnoException) => {
        stop();
        // It was taken and broken at once, before this process looked: that is a server's doing.
        if (error.code === 'ECONNRESET') resolve(new Peer(socket, options));
        else reject(new Error(error.message || error.code || 'unknown reason', { cause: error }));
      });
      socket.once('connect', () => {
        stop();
        socket.removeAllListeners('error');
        options.transcript.add(options.label, 'does', 'connects');
        resolve(new Peer(socket, options));
      });
    });
  }

  /** Says one line, in one segment of its own. */
  say(line: string | Uint8Array): void {
    this.#transcript.add(this.label, 'says', line);
    const said = typeof line === 'string' ? keyed(line, this.#key) : line;
    this.#socket.write(Buffer.concat([Buffer.from(said), Buffer.of(LF)]));
  }

  /** Sends bytes as they are, in one segment: several lines, or a part of one. */
  send(bytes: string): void {
    this.#transcript.add(this.label, 'says', bytes);
    this.#socket.write(keyed(bytes, this.#key));
  }

  /** From here on: {@link heard} and {@link line} look only at what comes after. */
  step(): void {
    this.#from = this.lines.length;
  }

  /** The lines since the last {@link step} (or since `from`, a number of lines) that `match` accepts. */
  heard(match: (line: Line) => boolean = () => true, from = this.#from): Line[] {
    return this.lines.slice(from).filter(match);
  }

  /** Waits for the first line since the last {@link step} (or `from`) that `match` accepts. */
  line(match: (line: Line) => boolean, from = this.#from): Promise<Line | undefined> {
    let next = from;
    return this.until(() => {
      while (next < this.lines.length) {
        const line = this.lines[next++];
        if (line && match(line)) return line;
      }
      return undefined;
    });
  }

  /** Waits until `look` finds something, until nothing can come any more, or until the deadline. */
  until<T>(look: () => T | undefined): Promise<T | undefined> {
    const found = look();
    if (found !== undefined || this.over) return Promise.resolve(found);
    return new Promise((resolve) => {
      const watch = () => {
        const found = look();
        if (found !== undefined || this.over) finish(found);
      };
      const finish = (found: T | undefined) => {
        stop();
        this.#watchers.delete(watch);
        resolve(found);
      };
      const stop = deadline(this.#timeoutMs, () => finish(look()));
      this.#watchers.add(watch);
    });
  }

  /** Waits until the server has closed the connection; false if it has not at the deadline. */
  async ended(): Promise<boolean> {
    await this.until(() => undefined);
    return this.over;
  }

  /** What came since the last {@link step}, in words for a report. */
  describe(): string {
    const lines = this.lines.slice(this.#from);
    const parts = lines.slice(0, 8).map((line) => `"${show(line.text)}"`);
    if (lines.length > 8) parts.push(`… and ${lines.length - 8} lines more`);
    if (this.#pending.length > 0) parts.push(`"${show(this.#pending)}" with no LF after it`);
    if (parts.length === 0) parts.push(this.over ? 'nothing' : `nothing within ${this.#timeoutMs} ms`);
    if (this.over) parts.push('and the connection was closed');
    return parts.join(', ');
  }

  /** Ends the connection without a BYE, in good order (FIN). */
  hangUp(): void {
    this.#leaving = true;
    this.#transcript.add(this.label, 'does', 'ends the connection without BYE (FIN)');
    this.#socket.end();
  }

  /** Breaks the connection (RST). */
  reset(): void {
    this.#leaving = true;
    this.#transcript.add(this.label, 'does', 'breaks the connection (RST)');
    this.#socket.resetAndDestroy();
  }

  /** Leaves as politely as can be, so that a server that can't bear a lost connection is not hurt here. */
  leave(): void {
    if (this.#leaving || this.over) return;
    this.#leaving = true;
    this.#socket.end('BYE\n');
  }

  /** Closes for good, whatever the server does. */
  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#total += chunk.length;
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    let start = 0;
    for (let end = this.#pending.indexOf(LF); end >= 0; end = this.#pending.indexOf(LF, start)) {
      this.#keep(this.#pending.subarray(start, end));
      start = end + 1;
    }
    this.#pending = this.#pending.subarray(start);
    if (this.#pending.length > MOST_PENDING || this.#total > MOST_IN_ALL) {
      this.#end(`the kit hangs up: ${this.#total} bytes came, the last ${this.#pending.length} without LF`);
      this.#pending = this.#pending.subarray(0, 200);
      this.#socket.destroy();
    }
    this.#wake();
  }

  #keep(raw: Buffer): void {
    const crlf = raw.at(-1) === CR;
    const bytes = crlf ? raw.subarray(0, -1) : raw;
    const text = bytes.toString('utf8');
    if (this.#isNoise(text)) return;
    this.#transcript.add(this.label, 'gets', bytes);
    const { tags, body } = readTags(text);
    this.lines.push({ text, tags, body, word: body.split(' ', 1)[0] ?? '', bytes: bytes.length, crlf });
  }

  #end(how: string): void {
    if (this.over) return;
    this.over = true;
    if (!this.#leaving) this.#transcript.add(this.label, 'does', how);
    this.#wake();
  }

  #wake(): void {
    for (const watch of [...this.#watchers]) watch();
  }
}
