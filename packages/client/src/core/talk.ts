/**
 * One member's side of the chat: the state machine behind `Chat`. No socket and no clock of its own: lines in, lines out.
 *
 *     linking ─▶ naming ─┬─▶ ready                  a fresh member, or the plain form
 *        ▲               └─▶ returning ─▶ ready     what was missed comes first: by a replay, or from the history
 *     waiting ◀── the line is lost, in any of them                                            any ─▶ closed
 *
 * Nothing of the outbox goes out before `ready`; nothing live is given to the reader before what was missed.
 */
import { LINE_BYTES } from '@palabre/protocol';
import { ChatError, Closed, Unreachable } from '../errors.ts';
import type { ChatEvent } from '../events.ts';
import type { Session } from '../options.ts';
import { type Asked, checkLength } from './asks.ts';
import { backoff } from './backoff.ts';
import { Comeback } from './comeback.ts';
import { Hearing } from './hearing.ts';
import type { Incoming, IncomingOf } from './incoming.ts';
import { type Form, Link, type LinkOptions, type LinkOwner } from './link.ts';
import { Naming } from './naming.ts';
import { gapBetween, Order } from './order.ts';
import { Outbox } from './outbox.ts';
import { type Echo, sayBye } from './questions.ts';
import { Reader } from './reader.ts';
import { refs } from './refs.ts';
import type { Self } from './self.ts';

/** A line that lasted this long was a good one, in ms: the pauses begin anew. */
const GOOD_MS = 10_000;

export interface TalkOptions extends Omit<LinkOptions, 'ping'> {
  readonly name: string;
  readonly session: Session | undefined;
  /** The most asks that may wait. */
  readonly queue: number;
  /** The most events that may wait. */
  readonly backlog: number;
  readonly random: () => number;
}

type Phase = 'linking' | 'naming' | 'returning' | 'ready' | 'waiting' | 'closed';

export class Talk implements LinkOwner {
  readonly reader: Reader;
  readonly self: Self;
  readonly ref = refs();
  readonly #options: TalkOptions;
  readonly #link: Link;
  readonly #order: Order;
  readonly #outbox: Outbox;
  /** What the library itself asks, before anything else may go out. */
  readonly #chores: Outbox;
  readonly #hearing: Hearing;
  readonly #naming = new Naming();
  readonly #comeback: Comeback;
  readonly #entered = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<Error | undefined>();
  #phase: Phase = 'linking';
  #form: Form | undefined;
  /** What may have been missed is to be given: there was a session, or a line before this one. */
  #back: boolean;
  /** We have been in the chat: from then on whatever fails is tried again. */
  #inside = false;
  /** When this line let us in. */
  #namedAt: number | undefined;
  #attempt = 0;
  #scheduled = false;
  #closing = false;
  #callOff = (): void => {};

  constructor(options: TalkOptions) {
    const { session, clock, random } = options;
    this.#options = options;
    this.self = { name: options.name, token: session?.token, rooms: new Set(session?.rooms) };
    this.#back = session !== undefined;
    this.reader = new Reader(options.backlog, () => this.#catchUp());
    this.#order = new Order(session?.after, (event) => this.reader.give(event));
    const ping = (): string => `@ref=${this.ref()} EXT`;
    const box = { clock, random, fence: ping, ready: () => this.#flush() };
    this.#outbox = new Outbox({ ...box, limit: options.queue });
    this.#chores = new Outbox({ ...box, limit: Number.POSITIVE_INFINITY });
    this.#hearing = new Hearing(this.self, this.#order, [this.#chores, this.#outbox]);
    const asking = { self: this.self, ref: this.ref, ask: <T>(asked: Asked<T>) => this.#chore(asked) };
    this.#comeback = new Comeback(this.#order, asking, session?.after);
    this.#link = new Link({ ...options, ping }, this);
  }

  /** What the server speaks; `undefined` until it is known. */
  get form(): Form | undefined {
    return this.#form;
  }

  /** What it takes to come back; `undefined` in the plain form, and once the member has left. */
  get session(): Session | undefined {
    const { name, token, rooms } = this.self;
    if (token === undefined) return undefined;
    return { name, token, rooms: [...rooms], after: this.reader.taken ?? this.#comeback.base };
  }

  /** Resolves when the chat is over, with the error if it was not asked for here. */
  get over(): Promise<Error | undefined> {
    return this.#over.promise;
  }

  /** Begins. Resolves when in the chat for the first time; rejects if that fails. */
  enter(): Promise<void> {
    this.#dial();
    return this.#entered.promise;
  }

  /** Puts an ask into the outbox and gives its answer. */
  async ask<T>({ ask, answer }: Asked<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#phase === 'closed' || this.#closing) throw new Closed();
    checkLength(ask, this.#form?.line ?? LINE_BYTES);
    this.#schedule();
    return await this.#outbox.ask({ ask, answer }, signal);
  }

  /** An own line of the plain form, which the server does not send back. */
  echo({ to, text }: Echo): void {
    const own = { from: this.self.name, own: true, cont: false, old: false };
    this.#order.live({ type: 'message', ...own, to, text, private: to !== undefined });
  }

  /** Tries at once what was to be tried later. */
  hurry(): void {
    if (this.#phase === 'waiting') this.#dial();
  }

  /** Says good-bye once all that was said is answered; ends it without, after `withinMs`. */
  leave(withinMs: number): void {
    if (this.#closing || this.#phase === 'closed') return;
    this.#closing = true;
    if (this.#phase === 'waiting' && !this.#outbox.busy) {
      this.finish();
      return;
    }
    const bye = sayBye(this.ref());
    bye.answer.catch(() => {});
    this.#outbox.add(bye.ask);
    this.#schedule();
    this.hurry();
    const callOff = this.#options.clock.after(withinMs, () => this.finish());
    void this.over.then(callOff);
  }

  /** Ends it here and now. The server is told nothing. */
  finish(error?: Error): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#callOff();
    this.#link.drop();
    this.#comeback.lost();
    this.#chores.close(new Closed());
    this.#outbox.close(error ?? new Closed());
    this.#order.lost();
    this.#give({ type: 'line', state: 'closed', error });
    this.reader.end();
    this.#entered.reject(error ?? new Closed());
    this.#over.resolve(error);
  }

  opened(form: Form): void {
    this.#form = form;
    this.#phase = 'naming';
    this.#link.say([this.#naming.begin(form, this.self, this.ref(), this.#order.mark)]);
  }

  heard(line: Incoming): void {
    if (this.#phase === 'naming') {
      this.#hearName(line);
      return;
    }
    const replayed = this.#comeback.hear(line);
    if (replayed === 'done') this.#phase = 'ready';
    if (replayed) return;
    if (line.word === 'MSG' || line.word === 'PRV') this.#hearing.said(line);
    else this.#hearTold(line);
  }

  paused(): void {
    this.#flush();
  }

  lost(cause?: Error): void {
    this.#unlink(cause);
    if (this.#closing && !this.#outbox.busy) {
      this.finish();
      return;
    }
    if (!this.#inside) {
      this.finish(cause instanceof ChatError ? cause : new Unreachable(this.#options.address.url, cause));
      return;
    }
    const { clock, random } = this.#options;
    if (this.#namedAt !== undefined && clock.now() - this.#namedAt >= GOOD_MS) this.#attempt = 0;
    this.#namedAt = undefined;
    const inMs = backoff(this.#attempt++, random);
    this.#give({ type: 'line', state: 'reconnecting', inMs });
    this.#callOff = clock.after(inMs, () => this.#dial());
  }

  #unlink(cause?: Error): void {
    this.#phase = 'waiting';
    this.#comeback.lost();
    this.#link.drop();
    this.#chores.close(new Closed());
    this.#outbox.lost();
    this.#order.lost();
    this.#give({ type: 'line', state: 'offline', cause });
  }

  #dial(): void {
    this.#callOff();
    this.#phase = 'linking';
    this.#give({ type: 'line', state: 'connecting' });
    this.#link.dial();
  }

  #hearName(line: Incoming): void {
    const named = this.#naming.hear(line, this.self, this.#options.clock.now());
    if (!named) return;
    if ('arrived' in named) this.#named(named.arrived);
    else if (named.again && this.#inside) this.lost(named.refused);
    else this.finish(named.refused);
  }

  #named(line: IncomingOf<'ARR'>): void {
    const back = this.#back;
    const replays = line.resumed && this.#order.mark !== undefined;
    this.self.name = line.name;
    this.self.token = line.token;
    this.#back = true;
    this.#inside = true;
    this.#namedAt = this.#options.clock.now();
    this.#link.settled();
    this.#give({ type: 'line', state: 'connected', resumed: line.resumed, name: line.name });
    this.#entered.resolve();
    if (!line.resumed) this.#outbox.forgotten();
    this.#phase = replays ? 'returning' : 'ready';
    if (replays) {
      this.#comeback.expectReplay();
      return;
    }
    if (back) this.#give(gapBetween(this.#order.mark, undefined));
    if (!this.#form?.extended) this.self.rooms.clear();
    else if (line.resumed || !back) void this.#comeback.begin(line.id);
    else void this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.#phase = 'returning';
    if (!(await this.#comeback.fetch())) return;
    this.#phase = 'ready';
    void this.#comeback.begin();
    this.#flush();
  }

  #chore<T>({ ask, answer }: Asked<T>): Promise<T> {
    this.#chores.add(ask);
    this.#flush();
    return answer;
  }

  #hearTold(line: Incoming): void {
    const why = this.#hearing.told(line, this.#form?.extended ?? false);
    if (why === undefined) return;
    // 1.10, 3.7  Another device said BYE, or the server did: the member is no more. Anything else cuts this line alone.
    if (!this.#closing && why !== 'bye' && why !== 'kicked') return;
    this.self.token = undefined;
    this.finish(this.#closing ? undefined : new Closed(why));
  }

  /** The reader was behind and has taken all there was: what was left out comes with a resume. */
  #catchUp(): void {
    if (this.#phase !== 'ready') return;
    if (this.#form?.extended) {
      this.#unlink();
      this.#dial();
    } else this.#give(gapBetween(undefined, undefined));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const extended = this.#form?.extended ?? false;
    if (this.#phase === 'ready' || this.#phase === 'returning') this.#link.say(this.#chores.take(extended));
    if (this.#phase === 'ready') this.#link.say(this.#outbox.take(extended));
  }

  #give(event: ChatEvent): void {
    this.reader.give(event);
  }
}
