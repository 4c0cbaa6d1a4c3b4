import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { ExtendedLine } from '../verify/extended-line.ts';
import type { Standing } from '../verify/one-order.ts';
import { quote, Wrong } from '../verify/wrong.ts';
import type { Talk } from './talk.ts';

/** ms in which the server must answer. */
const ANSWER_WITHIN = 30_000;
/** Bytes of `MSG m00017 `, before a text. */
const TEXT_AT = 11;

/** What wanderers have done so far. */
export interface Wandered {
  arrivals: number;
  cuts: number;
  resumes: number;
  replayed: number;
}

/**
 * A member in the extended form that comes, listens, loses its line, comes back (docs/protocol.md, 3.7), and leaves, again and again. From its first
 * message until it leaves it must get all that is said, once, in the one order, what it missed while it was away included.
 */
export class Wanderer {
  readonly #port: number;
  readonly #name: string;
  readonly #talk: Talk;
  readonly #wandered: Wandered;
  readonly #line = new ExtendedLine();
  #socket: Socket | undefined;
  #standing: Standing = { position: -1 };
  /** Messages that it has had, and of which nobody knows the place yet. */
  #unplaced: { readonly speaker: number; readonly seq: number }[] = [];
  #token = '';
  #lastId = 0;
  #onLine: (word: string, line: string) => void = () => {};
  #onClosed: () => void = () => {};
  #leaving = false;
  #fail: (error: Error) => void = () => {};

  constructor(port: number, name: string, talk: Talk, wandered: Wandered) {
    this.#port = port;
    this.#name = name;
    this.#talk = talk;
    this.#wandered = wandered;
  }

  /** Is its line open? */
  get connected(): boolean {
    return this.#socket !== undefined;
  }

  /**
   * One life: comes, is cut and comes back `cuts` times, leaves. `pause` is waited for between any two of these. Rejects with Wrong at what it should not
   * have got, or not got.
   */
  async live(cuts: number, pause: () => Promise<void>): Promise<void> {
    const failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    const life = async (): Promise<void> => {
      this.#standing = { position: -1 };
      this.#lastId = 0;
      await this.#enter(`IAM ${this.#name}`);
      this.#wandered.arrivals++;
      await pause();
      for (let i = 0; i < cuts; i++) {
        this.#drop();
        this.#wandered.cuts++;
        await pause();
        await this.#enter(`@token=${this.#token};after=${this.#lastId} IAM ${this.#name}`);
        this.#wandered.resumes++;
        await pause();
      }
      await this.#leave();
      await this.#allPlaced();
      await pause();
    };
    try {
      await Promise.race([life(), failed]);
    } finally {
      this.#drop();
    }
  }

  /** Comes in, and, where it comes back, has read all that it missed. */
  async #enter(how: string): Promise<void> {
    const back = how.startsWith('@');
    // It has had messages, or there is nothing that it could have missed.
    await this.#until(`its answer to ${how.slice(-20)}`, (done) => {
      this.#onLine = (word, line) => {
        if (word === 'WHO') this.#socket?.write(`EXT\n${how}\n`);
        else if (word === 'ARR' && line.includes(';token=')) {
          this.#token = /;token=([^; ]+)/.exec(line)?.[1] ?? '';
          if (back && !/[;@]resumed[; ]/.test(line))
            this.#fail(new Wrong(`${this.#name} was not known any more`));
          if (!back) done();
        } else if (word === 'HST' && back) done();
      };
      this.#open();
    });
  }

  async #leave(): Promise<void> {
    this.#leaving = true;
    await this.#until('the end of its line', (done) => {
      this.#onClosed = done;
      this.#socket?.write('BYE\n');
    });
    this.#leaving = false;
  }

  async #until(what: string, begin: (done: () => void) => void): Promise<void> {
    const waiting = new AbortController();
    const late = after(ANSWER_WITHIN, undefined, { signal: waiting.signal }).then(
      () => Promise.reject(new Wrong(`${this.#name} waited in vain for ${what}`)),
      () => {},
    );
    try {
      await Promise.race([new Promise<void>(begin), late]);
    } finally {
      waiting.abort();
    }
  }

  #open(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#port, noDelay: true });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.once('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      if (this.#leaving) this.#onClosed();
      else this.#fail(new Wrong(`${this.#name}: the server closed the connection`));
    });
    createInterface(socket).on('line', (line) => {
      if (this.#socket === socket) this.#hear(line);
    });
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
  }

  #hear(text: string): void {
    try {
      const line = this.#line;
      const bytes = Buffer.from(text, 'latin1');
      line.read(bytes, 0, bytes.length);
      const word = bytes.toString('latin1', line.wordAt, line.wordAt + 3);
      if (word === 'ERR' || word === 'TKN')
        throw new Wrong(`the server answered ${quote(bytes, 0, bytes.length)}`);
      if (word === 'MSG') this.#message(bytes, text);
      this.#onLine(word, text);
    } catch (error) {
      this.#fail(new Wrong(`${this.#name}: ${error instanceof Error ? error.message : error}`));
    }
  }

  #message(bytes: Buffer, text: string): void {
    const { id, wordAt } = this.#line;
    if (id <= this.#lastId) throw new Wrong(`got ${id} after ${this.#lastId}`);
    this.#lastId = id;
    if (text.startsWith('@old')) this.#wandered.replayed++;
    const seq = this.#talk.text.read(bytes, wordAt + TEXT_AT, bytes.length);
    this.#unplaced.push({ speaker: this.#talk.text.speaker, seq });
    this.#place();
  }

  /** Holds what it has had against the one order, as far as that is known: what it reads may come before what others have still to read. */
  #place(): void {
    for (let next = this.#unplaced[0]; next !== undefined; next = this.#unplaced[0]) {
      if (!this.#talk.order.take(this.#standing, next.speaker, next.seq)) return;
      this.#unplaced.shift();
    }
  }

  async #allPlaced(): Promise<void> {
    const deadline = performance.now() + ANSWER_WITHIN;
    for (this.#place(); this.#unplaced.length > 0; this.#place()) {
      if (performance.now() > deadline) throw new Wrong(`${this.#name} got messages that nobody else did`);
      await after(10);
    }
  }
}
