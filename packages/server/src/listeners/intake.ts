/**
 * What every listener does with the bytes that it reads: cuts them into lines and gives them to the conversation, one after the
 * other, as fast as it may. Where it may not go on it stops reading from the connection, so that the sender's own TCP holds the
 * rest (backpressure): while the connection is over its rate, while the fan-out is behind, while the connection does not read
 * what it asked for, and until the log has decided on its `IAM`.
 */
import { performance } from 'node:perf_hooks';
import { LINE_BYTES, LineSplitter, TAGGED_LINE_BYTES } from '@palabre/protocol';
import type { Conversation } from '../conversation/conversation.ts';
import type { Fanout } from '../fanout/fanout.ts';
import type { Waiting } from '../fanout/gate.ts';
import type { Outlet } from '../fanout/outlet.ts';
import type { Counters } from '../metrics/counters.ts';
import { Pace } from './pace.ts';

/** The way in from one connection, as a listener provides it. */
export interface Source {
  /** Stops reading: what the other side says waits in its own system. */
  pause(): void;
  resume(): void;
}

export class Intake implements Waiting {
  /** When, in ms of `performance.now()`, the last line was heard. */
  heardAt = performance.now();
  readonly #splitter = new LineSplitter(TAGGED_LINE_BYTES);
  readonly #source: Source;
  readonly #conversation: Conversation;
  readonly #fanout: Fanout;
  readonly #outlet: Outlet;
  readonly #pace: Pace;
  readonly #counters: Counters;
  #paused = false;
  #pulling = false;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    source: Source,
    conversation: Conversation,
    fanout: Fanout,
    outlet: Outlet,
    linesPerSecond: number,
    counters: Counters,
  ) {
    this.#source = source;
    this.#conversation = conversation;
    this.#fanout = fanout;
    this.#outlet = outlet;
    this.#pace = new Pace(linesPerSecond);
    this.#counters = counters;
  }

  /** Takes what was read. The bytes are not kept beyond what has not been heard yet. */
  receive(chunk: Uint8Array): void {
    if (this.#conversation.over) return;
    this.#counters.bytesRead += chunk.length;
    this.#splitter.push(chunk);
    // What is thrown away costs as much of the rate as lines would.
    if (this.#splitter.discarding) this.#pace.spend(chunk.length / LINE_BYTES);
    this.goOn();
  }

  /** Something takes time that is no line: it counts as so many (4.2). A WebSocket's ping, an answer that is long. */
  charge(lines = 1): void {
    this.#pace.spend(lines);
    this.goOn();
  }

  /** The other side says no more: the connection is lost once all that it said has been heard. */
  end(): void {
    this.#ended = true;
    this.goOn();
  }

  /** The connection is gone: nothing more is heard. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#conversation.lost('lost');
  }

  /** Hears what there is to hear, or as much of it as may be heard now. */
  goOn(): void {
    if (this.#pulling) return;
    this.#pulling = true;
    const emptied = this.#hear();
    this.#pulling = false;
    if (emptied && this.#ended) this.#conversation.lost('lost');
    if (emptied === this.#paused) {
      this.#paused = !emptied;
      if (this.#paused) this.#source.pause();
      else this.#source.resume();
    }
    // Last, since what is flushed now may let this very connection go on.
    this.#fanout.heard();
  }

  // Whether everything has been heard; if not, whoever makes it wait calls `goOn` later.
  #hear(): boolean {
    const conversation = this.#conversation;
    while (!conversation.over) {
      if (!conversation.ready || !this.#inPace() || !this.#fanout.mayRead(this.#outlet, this)) return false;
      const line = this.#splitter.next();
      if (line === undefined) return true;
      this.#pace.spend(1);
      this.#counters.linesHeard++;
      if (!conversation.identified) this.heardAt = performance.now();
      conversation.hear(line);
    }
    return true;
  }

  // 4.2  what is too fast is read later
  #inPace(): boolean {
    if (this.#timer) return false;
    const wait = this.#pace.wait();
    if (wait === 0) return true;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.goOn();
    }, wait);
    return false;
  }
}
