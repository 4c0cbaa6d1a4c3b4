/**
 * Four honest members, who talk all the time while everything else goes on, and check that they are served: what each of them says reaches whom it is for,
 * once, in order, within a deadline; and nobody is told what is not for them. The first two read the extended form and share a room; the others are plain.
 */
import { connect, type Socket } from 'node:net';
import type { Line } from '@palabre/protocol';
import { LineEar } from './ear.ts';
import { NOT_FOR_WITNESSES } from './grammar.ts';
import { readServerLine } from './known-form.ts';
import { WITNESSES } from './words.ts';

/** How long, in ms, what a witness says may take to where it is for, on a busy machine that is under attack. */
const DEADLINE_MS = 10_000;

const LOOK_MS = 250;

interface Due {
  readonly text: string;
  readonly at: number;
}

class Witness {
  readonly name: string;
  readonly extended: boolean;
  readonly socket: Socket;
  /** What it is still to hear, by author. */
  readonly due = new Map<string, Due[]>();
  readonly #room: string;
  readonly #report: (what: string) => void;
  heard = 0;
  joined = false;
  /** Names of the last lists that it asked for; the last line of one ends it. */
  listed: string[] = [];
  onList: () => void = () => {};
  slowest = 0;

  constructor(port: number, name: string, room: string, extended: boolean, report: (what: string) => void) {
    this.name = name;
    this.extended = extended;
    this.#room = room;
    this.#report = (what) => report(`${name} ${what}`);
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const ear = new LineEar((line) => this.#take(line), this.#report);
    this.socket.on('data', (chunk: Buffer) => ear.take(chunk));
    this.socket.on('error', ({ message }) => this.#report(`lost its connection: ${message}`));
    this.say(...(extended ? ['EXT', `IAM ${name}`, `@room=${room} IAM ${name}`] : [`IAM ${name}`]));
  }

  say(...lines: string[]): void {
    this.socket.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** It is to hear this from `author`. */
  expect(author: string, text: string, now: number): void {
    const due = this.due.get(author) ?? [];
    this.due.set(author, due);
    due.push({ text, at: now });
  }

  #take(bytes: Buffer): void {
    const line = readServerLine(bytes);
    if (typeof line === 'string') this.#wrong(`was told a line that is ${line}`, bytes);
    else if (!this.#concerns(line)) this.#wrong('was told what does not concern it', bytes);
    else this.#hear(line, bytes);
  }

  #concerns({ tags, word, rest }: Line): boolean {
    if (rest.includes(NOT_FOR_WITNESSES)) return false;
    if (tags && !this.extended) return false;
    const room = tags?.get('room');
    if (room !== undefined && room !== this.#room) return false;
    if (tags?.has('to') && !rest.startsWith(`${this.name} `)) return false;
    return word !== 'TKN' && word !== 'ERR' && word !== 'HST' && word !== 'LST';
  }

  #hear({ tags, word, rest }: Line, bytes: Buffer): void {
    switch (word) {
      case 'MSG':
      case 'PRV': {
        const space = rest.indexOf(' ');
        const author = rest.slice(0, space);
        if (isWitness(author)) this.#said(author, `${word} ${rest.slice(space + 1)}`, bytes);
        return;
      }
      case 'ARR':
        if (rest === this.name && (tags?.has('room') ?? !this.extended)) this.joined = true;
        return;
      case 'LFT':
        if (isWitness(rest)) this.#wrong('was told that a witness left', bytes);
        return;
      case 'WHO':
        if (rest === '') return;
        this.listed.push(...rest.split(' '));
        if (!tags?.has('more')) this.onList();
        return;
      default:
    }
  }

  #said(author: string, text: string, bytes: Buffer): void {
    const due = this.due.get(author)?.shift();
    if (due?.text !== text) {
      this.#wrong(`was due to hear ${JSON.stringify(due?.text)} from ${author}, and heard`, bytes);
      return;
    }
    this.heard++;
    this.slowest = Math.max(this.slowest, performance.now() - due.at);
  }

  #wrong(what: string, bytes: Buffer): void {
    this.#report(`${what}: ${JSON.stringify(bytes.toString('latin1', 0, 300))}`);
  }
}

function isWitness(name: string): boolean {
  return (WITNESSES as readonly string[]).includes(name);
}

export class Witnesses {
  readonly #all: readonly Witness[];
  readonly #secret: string;
  readonly #room: string;
  readonly #report: (what: string) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  #count = 0;

  /** `secret` stands in all that is private, and is the end of the room's name; `everyMs`: how often each of them says something. */
  constructor(port: number, secret: string, report: (what: string) => void) {
    this.#secret = secret;
    this.#report = report;
    // Its name is no secret (LST), its length is what keeps others from guessing it.
    this.#room = `room-${secret.replaceAll(/[^0-9a-f]/g, '').slice(0, 20)}`;
    this.#all = WITNESSES.map((name, i) => new Witness(port, name, this.#room, i < 2, report));
  }

  /** Resolves when all are in. */
  async joined(): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!this.#all.every(({ joined }) => joined)) {
      if (performance.now() > deadline) throw new Error('the witnesses could not enter');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Each of them says something every `everyMs`, from now on. */
  talk(everyMs: number): void {
    this.#timers.push(setInterval(() => this.#round(), everyMs));
    this.#timers.push(setInterval(() => this.#look(), LOOK_MS));
  }

  /** Resolves when all has been heard that was said; or has been reported as late. */
  async quiet(): Promise<void> {
    clearInterval(this.#timers[0]);
    const deadline = performance.now() + DEADLINE_MS;
    while (
      performance.now() < deadline &&
      this.#all.some(({ due }) => [...due.values()].some(({ length }) => length > 0))
    )
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS / 10));
    this.#look();
  }

  /** Resolves when nobody else is left in the chat; reports it if somebody is after `ms`. */
  async alone(ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    for (;;) {
      const names = await this.#who();
      if (names.length === this.#all.length) return;
      if (performance.now() > deadline) {
        this.#report(`after all connections are gone these are still there: ${names.join(' ')}`);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  get heard(): number {
    return this.#all.reduce((sum, { heard }) => sum + heard, 0);
  }

  /** The longest, in ms, that something said took to where it was for. */
  get slowest(): number {
    return Math.max(...this.#all.map(({ slowest }) => slowest));
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const { socket } of this.#all)
      socket
        .removeAllListeners('error')
        .on('error', () => {})
        .destroy();
  }

  async #who(): Promise<string[]> {
    const [asker] = this.#all;
    if (!asker) return [];
    asker.listed = [];
    const listed = new Promise<void>((resolve) => {
      asker.onList = resolve;
    });
    asker.say('WHO');
    const late = setTimeout(asker.onList, DEADLINE_MS);
    await listed;
    clearTimeout(late);
    return asker.listed;
  }

  // To the lobby, to the room, from one extended member to the other, from one plain member to the other, and from plain to extended.
  #round(): void {
    const [a, b, c, d] = this.#all;
    if (!a || !b || !c || !d) return;
    const now = performance.now();
    const n = ++this.#count;
    for (const speaker of this.#all) this.#lobby(speaker, n, now);
    const room = `in the room ${n} ${this.#secret}`;
    a.say(`@room=${this.#room};ref=m${n} MSG ${room}`);
    const whisper = `between us ${n} ${this.#secret}`;
    a.say(`@ref=p${n} PRV ${b.name} ${whisper}`);
    for (const one of [a, b]) {
      one.expect(a.name, `MSG ${room}`, now);
      one.expect(a.name, `PRV ${whisper}`, now);
    }
    c.say(`PRV ${d.name} ${whisper}`, `PRV ${b.name} ${whisper}`);
    d.expect(c.name, `PRV ${whisper}`, now);
    b.expect(c.name, `PRV ${whisper}`, now);
  }

  #lobby(speaker: Witness, n: number, now: number): void {
    const text = `line ${n}`;
    speaker.say(speaker.extended ? `@ref=l${n} MSG ${text}` : `MSG ${text}`);
    for (const reader of this.#all) {
      // 1.7, 3.4  whoever reads the plain form does not get its own lines
      if (reader !== speaker || reader.extended) reader.expect(speaker.name, `MSG ${text}`, now);
    }
  }

  #look(): void {
    const now = performance.now();
    for (const { name, due } of this.#all) {
      for (const [author, [first]] of due) {
        if (first && now - first.at > DEADLINE_MS)
          this.#report(`${name} has not heard within ${DEADLINE_MS} ms what ${author} said: ${first.text}`);
      }
    }
  }
}
