/**
 * One member's side of the chat: the state machine behind `Chat`. No socket and no clock of its own: lines in, lines out.
 *
 *     link ─▶ settled: we are in the chat ─▶ nothing is held any more: what is said goes out            any ─▶ ended
 *      ▲              │                               │
 *      └─ a pause ◀───┴──── the link is lost ◀────────┘
 *
 * Held is what is new while what was missed is on its way, by a replay or from the history (order.ts): until then nothing of the outbox goes out,
 * chores alone do.
 */
import { LINE_BYTES } from '@palabre/protocol';
import { ChatError, Closed, NameTaken, QueueFull, Refused, Unreachable } from '../errors.ts';
import type { ChatEvent, Left } from '../events.ts';
import type { ConnectOptions, Session } from '../options.ts';
import { type Ask, lineOf } from './asks.ts';
import { backoff } from './backoff.ts';
import { END, fetchMissed } from './fetch.ts';
import type { Incoming } from './incoming.ts';
import { Link, type LinkOptions, type LinkOwner } from './link.ts';
import { gapBetween, Order } from './order.ts';
import { Outbox } from './outbox.ts';
import { checkLength } from './outgoing.ts';
import { askHistory, sayBye } from './questions.ts';
import { Reader } from './reader.ts';
import { refs } from './refs.ts';
import { rename, type Self } from './self.ts';
import { arrivedOf, leftOf, messageOf } from './told.ts';

/** A line that lasted this long was a good one, in ms: the pauses begin anew. */
const GOOD_MS = 10_000;

/** How much longer than it says a server may keep a name, in ms: it may have to notice first that our old line is dead. */
const NOTICE_MS = 60_000;

export interface TalkOptions extends LinkOptions, Pick<ConnectOptions, 'session' | 'key'> {
  /** The server's, as errors show it. */
  readonly address: string;
  readonly name: string;
  /** The most asks that may wait. */
  readonly queue: number;
  /** The most events that may wait. */
  readonly backlog: number;
  readonly random: () => number;
}

export class Talk implements LinkOwner {
  readonly reader: Reader;
  readonly self: Self;
  readonly #options: TalkOptions;
  readonly #order: Order;
  readonly #outbox: Outbox;
  /** What the library itself asks, before anything else may go out. */
  readonly #chores: Outbox;
  readonly #ref = refs();
  readonly #entered = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<Error | undefined>();
  /** `undefined` between a link that was lost and the next. */
  #link: Link | undefined;
  /** We have been in the chat: from then on whatever fails is tried again. */
  #known = false;
  /** To the server we are somebody new: our rooms are to be entered again, and what we missed is to be fetched from the history. */
  #fresh = false;
  /** Since when we are not let in again, in ms. */
  #refusedSince: number | undefined;
  /** The rooms that this link has told of: those that we are in are told before a replay (3.7). */
  readonly #told = new Set<string>();
  /** What the server said of the extended form (3.2), if it speaks that. */
  #form: Incoming | undefined;
  /** Counts the links that did not last. */
  #attempt = 0;
  #scheduled = false;
  /** No further ask is taken. */
  #closing = false;
  #ended = false;
  #callOff = (): void => {};

  constructor(options: TalkOptions) {
    const { name, session, backlog } = options;
    const { token, after, rooms, formerly }: Partial<Session> = session ?? {};
    this.#options = options;
    this.self = { name, token, rooms: new Set(rooms), formerly: new Map(formerly) };
    this.reader = new Reader(after, backlog, () => this.#catchUp());
    this.#order = new Order(after, (event) => this.reader.give(event));
    const retry = (): void => {
      this.#link?.say(['EXT']);
      this.#flush();
    };
    this.#outbox = new Outbox({ ...options, retry });
    this.#chores = new Outbox({ ...options, retry });
  }

  /** The server speaks the extended form. */
  get extended(): boolean {
    return this.#form !== undefined;
  }

  /** What it takes to come back; `undefined` in the plain form, and once the member has left. */
  get session(): Session | undefined {
    const { name, token, rooms, formerly } = this.self;
    if (token === undefined) return undefined;
    return { name, token, rooms: [...rooms], formerly: [...formerly], after: this.reader.taken };
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

  /** Puts an ask into the outbox and gives its answer. Throws `Closed`, `QueueFull`, `Refused`. */
  async ask<T>(ask: Ask<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#closing) throw new Closed();
    const { queue } = this.#options;
    if (this.#outbox.size >= queue) throw new QueueFull(queue);
    const ref = this.#ref();
    checkLength(lineOf(ask, ref), this.#form?.line ?? LINE_BYTES);
    this.#schedule();
    return await this.#outbox.ask(ask, ref, signal);
  }

  /** Tries at once what was to be tried later. */
  hurry(): void {
    if (!this.#link && !this.#ended) this.#dial();
  }

  /** Says good-bye once all that was said is answered; ends it without, after `withinMs`. */
  leave(withinMs: number): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#outbox.ask(sayBye(), this.#ref()).catch(() => {});
    this.#schedule();
    this.hurry();
    void this.over.then(this.#options.clock.after(withinMs, () => this.finish()));
  }

  /** Ends it here and now. The server is told nothing. */
  finish(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#closing = true;
    this.#unlink();
    const reason = error ?? new Closed();
    this.#outbox.close(reason);
    this.#give({ type: 'line', state: 'closed', error });
    this.reader.end();
    this.#entered.reject(reason);
    this.#over.resolve(error);
  }

  /**
   * Says who we are; with a token that we are who we were, with `after` what came after that id as well (3.7). The key comes along with a token too: where
   * that is late it is what lets us in (3.13).
   */
  opened(form: Incoming | undefined): void {
    const { name, token } = this.self;
    this.#form = form;
    this.#told.clear();
    this.#chore({
      kind: 'act',
      word: 'IAM',
      rest: name,
      tags: { key: this.#options.key, token, after: token && !this.#fresh ? this.#order.mark : undefined },
      result: (line) => this.#named(line),
    }).catch((error: ChatError) => this.#refused(error));
  }

  heard(line: Incoming): void {
    const { self } = this;
    this.#schedule();
    const answer = this.#chores.hear(line) || this.#outbox.hear(line);
    switch (line.word) {
      case 'MSG':
      case 'PRV':
        // An old line that nobody has asked for is one that we have missed.
        if (!line.old) this.#order.live(messageOf(line, self));
        else if (!answer) this.#order.missed(messageOf(line, self));
        break;
      case 'HST':
        if (!answer) this.#replayed(line);
        break;
      case 'ARR':
        this.#told.add(line.room ?? '');
        this.#tell(arrivedOf(line, self));
        break;
      case 'LFT':
        this.#hearLeft(leftOf(line, self));
        break;
      case 'ERR':
        if (line.ref === undefined) this.#tell({ type: 'refused', about: line.rest, why: line.why });
    }
  }

  lost(cause?: Error): void {
    this.#unlink();
    this.#give({ type: 'line', state: 'offline', cause });
    if (this.#closing && this.#outbox.size < 2) {
      this.finish(); // Nothing but the good-bye is unsaid.
    } else if (this.#known) {
      const inMs = backoff(this.#attempt++, this.#options.random);
      this.#give({ type: 'line', state: 'reconnecting', inMs });
      this.#callOff = this.#options.clock.after(inMs, () => this.#dial());
    } else {
      this.finish(cause instanceof ChatError ? cause : new Unreachable(this.#options.address, cause));
    }
  }

  #unlink(): void {
    this.#callOff();
    this.#link?.drop();
    this.#link = undefined;
    this.#chores.close(new Closed());
    this.#outbox.lost();
    this.#order.lost();
  }

  #dial(): void {
    this.#callOff();
    this.#give({ type: 'line', state: 'connecting' });
    this.#link = new Link(this.#options, this);
  }

  #named({ name, at, token, resumed }: Incoming): void {
    const back = this.#known || this.self.token !== undefined;
    const { mark } = this.#order;
    rename(this.self, name, at);
    this.self.token = token;
    this.#known = true;
    this.#callOff = this.#options.clock.after(GOOD_MS, () => {
      this.#attempt = 0;
    });
    this.#refusedSince = undefined;
    if (this.#link) this.#link.settled = true;
    this.#give({ type: 'line', state: 'connected', resumed: !!resumed, name });
    this.#entered.resolve();
    if (!resumed) this.#outbox.forgotten();
    if (back && !resumed) this.#fresh = true;
    if (mark === undefined) void this.#begin();
    if (back && !(resumed && mark !== undefined)) this.#give(gapBetween(mark));
    if (this.#fresh) void this.#fetch(mark);
    else if (resumed && mark !== undefined) this.#order.hold(false); // until the end of the replay
  }

  /**
   * A name that is taken on the way back may be held by our own lost line (in the plain form always, until the server notices). It is asked for again
   * for as long as the server lets a lost member keep its name, and a minute more; what is taken after that is somebody else's. A key that is not the
   * right one any more, and being banned, end the chat: to try again would only be counted as guesses.
   */
  #refused(error: ChatError): void {
    if (!this.#link || this.#link.settled) return;
    const now = this.#options.clock.now();
    this.#refusedSince ??= now;
    const again =
      error instanceof NameTaken
        ? now - this.#refusedSince <= 1000 * (this.#form?.linger ?? 60) + NOTICE_MS
        : error instanceof Refused && error.why === 'full';
    if (this.#known && again) this.lost(error);
    else this.finish(error);
  }

  /** Where nobody knew us any more: fetches what can be had. */
  async #fetch(mark: number | undefined): Promise<void> {
    const order = this.#order;
    order.hold(true);
    const { held } = order;
    const missed = await fetchMissed(this.self, this.#chore, mark ?? END);
    if (order.held !== held) return; // The line was lost: the next one begins it anew.
    this.#fresh = false;
    for (const message of missed) order.missed(message);
    order.release(false);
    this.#flush();
  }

  /** Learns where the order of the ids stands, if that is not known, so that a resume can say what came after. */
  async #begin(): Promise<void> {
    const newest = await this.#chore(askHistory(this.self, { limit: 1 })).catch(() => undefined);
    if (!newest || this.#order.mark !== undefined) return;
    this.reader.taken = newest.messages[0]?.id ?? 0;
    this.#order.begin(this.reader.taken);
  }

  readonly #chore = <T>(ask: Ask<T>): Promise<T> => {
    const answer = this.#chores.ask(ask, this.#ref());
    this.#flush();
    return answer;
  };

  /** What was missed is whole. Rooms that were not told before it have been left on another device. */
  #replayed(line: Incoming): void {
    const { self } = this;
    for (const room of self.rooms) {
      if (!this.#told.has(room)) this.#tell(leftOf({ ...line, name: self.name, room }, self));
    }
    this.#order.release(!!line.more);
  }

  // 1.10, 3.7  Another device said BYE, or the server did: the member is no more. Anything else cuts this line alone.
  #hearLeft(event: Left): void {
    this.#tell(event);
    const ends = this.#closing || event.why === 'bye' || event.why === 'kicked';
    if (!event.own || event.room !== undefined || !ends) return;
    this.self.token = undefined;
    this.finish(this.#closing ? undefined : new Closed(event.why));
  }

  /** The reader was behind and has taken all there was: what was left out comes with a resume. */
  #catchUp(): void {
    if (!this.#link?.settled || this.#order.held) return;
    if (this.#form) {
      this.lost();
      this.hurry();
    } else this.#give(gapBetween());
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    this.#link?.say(this.#chores.take());
    if (this.#link?.settled && !this.#order.held) this.#link.say(this.#outbox.take());
  }

  /** Tells the reader what happened in the chat. */
  #tell(event: ChatEvent | undefined): void {
    if (event) this.#order.live(event);
  }

  /** Tells the reader of the line itself. */
  #give(event: ChatEvent): void {
    this.reader.give(event);
  }
}
