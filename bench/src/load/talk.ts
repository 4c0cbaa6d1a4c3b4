import { createHistogram } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { ExtendedLine } from '../verify/extended-line.ts';
import { digits, lineAfter } from '../verify/line-shape.ts';
import { MessageText, type SpeakerLines } from '../verify/message-line.ts';
import { OneOrder, type Standing } from '../verify/one-order.ts';
import { quote, Wrong } from '../verify/wrong.ts';
import { helloFrom } from './behind-proxy.ts';
import { Crowd } from './crowd.ts';
import { FORMS } from './forms.ts';
import { type Member, nameOf, numberIn } from './member.ts';

/** ms in which all must be in, and in which everything said must be with everybody once nothing more is said. */
const ENTER_WITHIN = 30_000;
const TAIL_WITHIN = 60_000;
/** Connections opened and not yet in the chat. */
const ATTEMPTS = 16;
/** Bytes of `MSG m00017 `, before a text; the number in the name stands at 5. */
const TEXT_AT = 11;
const NAME_AT = 5;
const [A, E, L, M, R, T, W] = [...'AELMRTW'].map((letter) => letter.charCodeAt(0));
const LOWER_M = 0x6d;

/** One who talks and listens. */
interface Talker extends Standing {
  readonly member: Member;
  readonly lines: SpeakerLines;
  /** By speaker: the message due next, for those who do not get their own; null for those held against the one order. */
  readonly due: Int32Array | null;
}

/** How long deliveries took, in ms. */
export interface Took {
  readonly deliveries: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

class Times {
  /** In µs. */
  readonly #histogram = createHistogram();
  #slowest = 0;

  add(ms: number): void {
    this.#histogram.record(Math.max(1, Math.round(ms * 1000)));
    this.#slowest = Math.max(this.#slowest, ms);
  }

  took(): Took {
    const { count } = this.#histogram;
    const ms = (share: number): number =>
      count === 0 ? Number.NaN : this.#histogram.percentile(share) / 1000;
    return { deliveries: count, p50: ms(50), p99: ms(99), max: this.#slowest };
  }
}

/**
 * Members in all four forms (plain and extended, over TCP and WebSockets) who talk at a steady rate among others that are none of them.
 * Every message of every one of them must reach each exactly once, in its order, those of the extended form in one order; each delivery is timed,
 * from just before its line is written to when its receiver's bytes were read. What others say is passed over.
 */
export class Talk {
  readonly order: OneOrder;
  readonly text: MessageText;
  readonly #crowds: readonly Crowd[];
  readonly #talkers: (Talker | undefined)[];
  readonly #count: number;
  readonly #line = new ExtendedLine();
  /** By speaker: when each message was said, in ms. */
  readonly #said: number[][];
  #messages = 0;
  #entered = 0;
  #closed = false;
  #times = new Times();
  #windowed = new Times();
  #onEntered: () => void = () => {};
  #onFault: (fault: Error) => void = () => {};

  /** `count` members, of `size` bytes each text; `webPort` is where the WebSockets are. `behindProxy`: each with an address of its own. */
  constructor(port: number, webPort: number, count: number, size: number, behindProxy = false) {
    this.#count = count;
    this.order = new OneOrder(count);
    this.text = new MessageText(count, size);
    this.#talkers = Array.from({ length: count }, () => undefined);
    this.#said = Array.from({ length: count }, () => []);
    this.#crowds = FORMS.map(({ manners: direct, web, receipts, lines }, form) => {
      const numberOf = (index: number): number => form + index * FORMS.length;
      const manners = behindProxy
        ? { ...direct, hello: (name: string) => helloFrom(numberIn(name), web) }
        : direct;
      const crowd = new Crowd(manners, web ? webPort : port, (index) => nameOf(numberOf(index)));
      crowd.readBy({
        take: (member, bytes, at, end) => {
          const number = numberOf(member.index);
          const talker = this.#talkers[number] ?? {
            member,
            position: 0,
            lines: lines(number, size),
            due: receipts ? null : new Int32Array(count),
          };
          this.#talkers[number] = talker;
          return this.#take(crowd, number, talker, bytes, at, end);
        },
      });
      crowd.onFault = (fault) => {
        this.close();
        this.#onFault(fault);
      };
      return crowd;
    });
  }

  /** Open connections. */
  get connections(): number {
    return this.#crowds.reduce((sum, { members }) => sum + members.length, 0);
  }

  /** Messages said so far. */
  get messages(): number {
    return this.#messages;
  }

  /** Has all of them enter; resolves once they are in. */
  async enter(): Promise<void> {
    const more = (): void => {
      for (let number = this.connections; number < this.#count; number++) {
        if (number - this.#entered >= ATTEMPTS) return;
        this.#crowds[number % FORMS.length]?.connect();
      }
    };
    const before = this.#onFault;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Wrong(`${this.#entered} of ${this.#count} came in`)),
        ENTER_WITHIN,
      );
      this.#onFault = (fault) => {
        clearTimeout(late);
        reject(fault);
      };
      this.#onEntered = () => {
        if (this.#entered < this.#count) return more();
        clearTimeout(late);
        resolve();
      };
      more();
    });
    this.#onFault = before;
  }

  /** What `run` yields; rejects as soon as a member gets something wrong, or `run` calls `fail`. Drops the connections at the end. */
  async whileRight<T>(run: (fail: (fault: Error) => void) => Promise<T>): Promise<T> {
    let fail: (fault: Error) => void = () => {};
    const fault = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.#onFault = fail;
    try {
      return await Promise.race([fault, run(fail)]);
    } finally {
      this.close();
    }
  }

  /** Has them say `rate` messages a second in all, in turn and evenly spaced; returns how to stop. */
  keepRate(rate: number): () => void {
    const begin = performance.now();
    let said = 0;
    let timer: NodeJS.Timeout | undefined;
    const tick = (): void => {
      const due = Math.floor(((performance.now() - begin) * rate) / 1000) + 1;
      for (; said < due; said++) this.#say(this.#messages % this.#count);
      timer = setTimeout(tick, Math.max(0, begin + (said * 1000) / rate - performance.now()));
    };
    tick();
    return () => clearTimeout(timer);
  }

  /** How long deliveries took since this was last asked. */
  took(): Took {
    const times = this.#times;
    this.#times = new Times();
    this.#windowed = new Times();
    return times.took();
  }

  /** The same by itself, for samples on the way. */
  window(): Took {
    const times = this.#windowed;
    this.#windowed = new Times();
    return times.took();
  }

  /** Resolves once everything said has reached everybody, or the connections are dropped; rejects with Wrong if that takes longer than 60 s. */
  async tail(): Promise<void> {
    const deadline = performance.now() + TAIL_WITHIN;
    while (this.#missing > 0 && !this.#closed) {
      if (performance.now() > deadline) throw new Wrong(`${this.#missing} deliveries never came`);
      await after(5);
    }
  }

  close(): void {
    this.#closed = true;
    for (const crowd of this.#crowds) crowd.close();
  }

  get #missing(): number {
    return this.#talkers.reduce((sum, talker, own) => {
      const { due, position = 0 } = talker ?? {};
      if (!due) return sum + this.#messages - position;
      return (
        sum + this.#said.reduce((all, { length }, s) => all + (s === own ? 0 : length - (due[s] ?? 0)), 0)
      );
    }, 0);
  }

  #say(speaker: number): void {
    const talker = this.#talkers[speaker];
    const times = this.#said[speaker];
    if (!talker || !times) return;
    const seq = times.length;
    times.push(performance.now());
    this.#messages++;
    talker.member.socket.write(talker.lines.write(seq, 1));
  }

  #take(crowd: Crowd, number: number, talker: Talker, bytes: Buffer, start: number, end: number): number {
    const line = this.#line;
    const now = performance.now();
    let at = start;
    while (at < end) {
      const next = lineAfter(bytes, at, end);
      if (next < 0) break;
      line.read(bytes, at, next);
      const { wordAt } = line;
      switch (bytes[wordAt]) {
        case M:
          if (bytes[wordAt + 4] === LOWER_M) this.#message(number, talker, bytes, wordAt, next, now);
          break;
        case A:
          if (!talker.member.entered) this.#aside(crowd, talker, bytes, at, next);
          break;
        case L:
          if (bytes[wordAt + 4] === LOWER_M)
            throw new Wrong(`was told that one left: ${quote(bytes, at, next)}`);
          break;
        case E:
          if (bytes[wordAt + 1] === R) this.#aside(crowd, talker, bytes, at, next);
          break;
        case T:
        case W:
          this.#aside(crowd, talker, bytes, at, next);
          break;
        default:
      }
      at = next;
    }
    return at;
  }

  #aside(crowd: Crowd, { member }: Talker, bytes: Buffer, at: number, end: number): void {
    if (crowd.aside(member, bytes, at, end).type !== 'entered') return;
    member.entered = true;
    this.#entered++;
    this.#onEntered();
  }

  #message(number: number, talker: Talker, bytes: Buffer, wordAt: number, end: number, now: number): void {
    const seq = this.text.read(bytes, wordAt + TEXT_AT, end - 1);
    const { speaker } = this.text;
    if (digits(bytes, wordAt + NAME_AT, 5) !== speaker)
      throw new Wrong(`got a message under another's name: ${quote(bytes, wordAt, end)}`);
    const said = this.#said[speaker]?.[seq];
    if (said === undefined) throw new Wrong(`got message ${seq} of speaker ${speaker}, not said yet`);
    if (talker.due === null) this.order.take(talker, speaker, seq);
    else this.#own(number, talker.due, speaker, seq);
    this.#times.add(now - said);
    this.#windowed.add(now - said);
  }

  // A plain speaker does not get its own messages, and cannot tell where they stand: each speaker's are held against that speaker's order.
  #own(number: number, due: Int32Array, speaker: number, seq: number): void {
    if (speaker === number) throw new Wrong(`got its own message ${seq} back`);
    if (seq !== due[speaker])
      throw new Wrong(`got message ${seq} of speaker ${speaker} where its message ${due[speaker]} was due`);
    due[speaker] = seq + 1;
  }
}
