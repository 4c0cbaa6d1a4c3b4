import type { Dialect } from '../contenders/contender.ts';
import { SpeakerLines } from '../verify/message-line.ts';
import { Wrong } from '../verify/wrong.ts';
import type { Crowd } from './crowd.ts';
import type { Member } from './member.ts';
import { Messages, type Witness } from './messages.ts';

/** ms without a delivery after which what is missing is given up, once nothing more is said. */
const STUCK_AFTER = 20_000;

/** Some of the members, spread evenly over the order of arrival, who speak. */
export class Speakers {
  readonly messages: Messages;
  readonly #crowd: Crowd;
  readonly #members: readonly Member[];
  readonly #lines: readonly SpeakerLines[];
  /** Called with the number of each message just before it is written. */
  onSaying: (speaker: number, seq: number) => void = () => {};

  constructor(crowd: Crowd, dialect: Dialect, count: number, size: number, witness: Witness | null = null) {
    this.#crowd = crowd;
    const step = crowd.members.length / count;
    this.#members = crowd.members.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
    this.#lines = this.#members.map((_, s) => new SpeakerLines(dialect.before, dialect.after, s, size));
    this.messages = new Messages(crowd, dialect, this.#members, size, witness);
    crowd.readBy(this.messages);
  }

  get count(): number {
    return this.#members.length;
  }

  /** Has a speaker say its next `count` messages, in one write. */
  say(speaker: number, count: number): void {
    const { said } = this.messages;
    const from = said[speaker] ?? 0;
    said[speaker] = from + count;
    const lines = this.#lines[speaker]?.write(from, count);
    if (lines) this.#members[speaker]?.socket.write(lines);
  }

  #one(speaker: number): void {
    this.onSaying(speaker, this.messages.said[speaker] ?? 0);
    this.say(speaker, 1);
  }

  /** Keeps `inFlight` messages, shared among the speakers, said and not yet with everybody; returns how to stop. */
  keepInFlight(inFlight: number): () => void {
    const each = Math.floor(inFlight / this.count);
    const refill = (): void => {
      for (let speaker = 0; speaker < this.count; speaker++) {
        const open = (this.messages.said[speaker] ?? 0) - this.messages.landed(speaker);
        if (open < each) this.say(speaker, each - open);
      }
    };
    this.messages.onLanded = refill;
    refill();
    return () => {
      this.messages.onLanded = () => {};
    };
  }

  /** Has the speakers say `rate` messages a second, in turn and evenly spaced; returns how to stop. */
  keepRate(rate: number): () => void {
    const begin = performance.now();
    let said = 0;
    let timer: NodeJS.Timeout | null = null;
    const tick = (): void => {
      const due = Math.floor(((performance.now() - begin) * rate) / 1000) + 1;
      for (; said < due; said++) this.#one(said % this.count);
      timer = setTimeout(tick, Math.max(0, begin + (said * 1000) / rate - performance.now()));
    };
    tick();
    return () => {
      if (timer) clearTimeout(timer);
    };
  }

  /** Resolves once everything said has reached everybody, or the crowd is closed; rejects if nobody gets anything for 20 s. */
  async tail(): Promise<void> {
    let deliveries = -1;
    let deadline = 0;
    while (this.messages.missing > 0 && !this.#crowd.closed) {
      const now = performance.now();
      if (this.messages.deliveries !== deliveries) {
        deliveries = this.messages.deliveries;
        deadline = now + STUCK_AFTER;
      } else if (now > deadline) {
        throw new Wrong(`${this.messages.missing} messages never reached everybody`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
