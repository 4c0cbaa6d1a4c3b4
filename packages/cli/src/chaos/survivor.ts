/**
 * One connection of one member, on a bad line: a client of the extended form with nothing but what the protocol demands of it (3.6, 3.7). It
 * connects again whenever it is cut, resumes, says again whatever it holds no receipt for, and writes down all that it is told.
 */
import { connect, type Socket } from 'node:net';
import { type Line, LineSplitter, readLine, TOO_LONG } from '@palabre/protocol';

export interface Said {
  readonly ref: string;
  readonly line: string;
}

export interface Told {
  readonly id: number;
  /** `MSG ana text`, or `PRV ana text`. */
  readonly line: string;
  readonly room: string;
}

/** Lines said and not receipted at a time: the protocol allows 128. */
const WINDOW = 8;

export class Survivor {
  readonly name: string;
  readonly told: Told[] = [];
  /** ARR and LFT, of others and of itself. */
  readonly presence: string[] = [];
  readonly wrong: string[] = [];
  /** The rooms that it was told it is in, the last time that it came back. */
  rooms: string[] = [];
  receipts = 0;
  /** How often the server could not keep what it said. */
  refused = 0;
  resumes = 0;
  token: string | undefined;
  /** Called when it has heard something: for whoever waits for many of them. */
  onEvent: () => void = () => {};
  readonly #port: number;
  #socket: Socket | undefined;
  #splitter = new LineSplitter(10_000);
  #lastId = 0;
  #toSay: Said[] = [];
  #unreceipted: Said[] = [];
  #joined = false;
  #over = false;
  #wake: () => void = () => {};

  /** `token`: of the member of which this is a further connection. */
  constructor(port: number, name: string, token?: string) {
    this.#port = port;
    this.name = name;
    this.token = token;
    this.#connect();
  }

  /** Says these in their order, each once. */
  say(lines: readonly Said[]): void {
    this.#toSay.push(...lines);
    this.#fill();
  }

  get done(): boolean {
    return this.#toSay.length === 0 && this.#unreceipted.length === 0;
  }

  get joined(): boolean {
    return this.#joined;
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** Resolves when something has happened. */
  happens(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Lets whoever waits look again. */
  wake(): void {
    this.#wake();
  }

  /** Says something that is not a message. */
  ask(line: string): void {
    this.#socket?.write(`${line}\n`);
  }

  /** Cuts its own line, as if the machine had gone to sleep. */
  cut(): void {
    this.#socket?.destroy();
  }

  close(): void {
    this.#over = true;
    this.#socket?.destroy();
  }

  #connect(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#port, noDelay: true });
    this.#socket = socket;
    this.#splitter = new LineSplitter(10_000);
    this.#joined = false;
    const tags = this.token === undefined ? 'ref=in' : `ref=in;token=${this.token};after=${this.#lastId}`;
    socket.write(`EXT\n@${tags} IAM ${this.name}\n`);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#over || socket !== this.#socket) return;
      setTimeout(() => !this.#over && this.#connect(), 10);
    });
  }

  #take(chunk: Buffer): void {
    this.#splitter.push(chunk);
    for (let bytes = this.#splitter.next(); bytes !== undefined; bytes = this.#splitter.next()) {
      const line = bytes === TOO_LONG ? 'long' : readLine(bytes);
      if (typeof line === 'string') this.wrong.push(`a line that can't be read: ${line}`);
      else this.#hear(line);
    }
    this.#wake();
    this.onEvent();
  }

  #hear(line: Line): void {
    const tag = (key: string): string | undefined => line.tags?.get(key);
    const ref = tag('ref');
    switch (line.word) {
      case 'ARR':
        if (ref === 'in') this.#enter(line);
        else if (tag('resumed') !== undefined) this.rooms.push(tag('room') ?? '');
        else this.presence.push(`${line.word} ${line.rest} ${tag('room') ?? ''}`.trimEnd());
        return;
      case 'LFT':
        this.presence.push(`${line.word} ${line.rest} ${tag('room') ?? ''}`.trimEnd());
        return;
      case 'MSG':
      case 'PRV':
        this.#message(line, Number(tag('id')), ref);
        return;
      case 'HST':
        if (tag('more') !== undefined) this.wrong.push('more was missed than was replayed');
        return;
      case 'ERR':
        if (tag('why') === 'full' && ref !== undefined) {
          this.#sayLater(ref);
          return;
        }
        this.wrong.push(`${this.name} was told ERR ${line.rest} ${tag('why')}`);
        return;
      case 'TKN':
        this.wrong.push(`${this.name} was told TKN ${line.rest}`);
        return;
      default:
    }
  }

  #enter(line: Line): void {
    const token = line.tags?.get('token');
    if (this.token !== undefined) {
      if (line.tags?.get('resumed') === undefined || token !== this.token) this.wrong.push('not resumed');
      this.resumes++;
      this.rooms = [];
    }
    this.token = token;
    this.#joined = true;
    for (const said of this.#unreceipted) this.#socket?.write(`${said.line}\n`);
    this.#fill();
  }

  #message(line: Line, id: number, ref: string | undefined): void {
    if (ref !== undefined) {
      const at = this.#unreceipted.findIndex((said) => said.ref === ref);
      if (at < 0 || (at > 0 && this.refused === 0)) this.wrong.push(`a receipt of ${ref} out of its order`);
      this.#unreceipted.splice(at, 1);
      this.receipts++;
      this.#fill();
      if (id <= this.#lastId) return; // a line that was replayed before its receipt came
    } else if (id <= this.#lastId) this.wrong.push(`${id} came after ${this.#lastId}`);
    this.#lastId = Math.max(this.#lastId, id);
    this.told.push({ id, line: `${line.word} ${line.rest}`, room: line.tags?.get('room') ?? '' });
  }

  // 3.5  the server can keep nothing now: the same again later, under the same ref
  #sayLater(ref: string): void {
    this.refused++;
    const said = this.#unreceipted.find((one) => one.ref === ref);
    if (said) setTimeout(() => this.#socket?.write(`${said.line}\n`), 300);
    else this.wrong.push(`${ref} was refused after its receipt`);
  }

  #fill(): void {
    while (this.#joined && this.#unreceipted.length < WINDOW) {
      const next = this.#toSay.shift();
      if (!next) return;
      this.#unreceipted.push(next);
      this.#socket?.write(`${next.line}\n`);
    }
  }
}
