/**
 * Being in the chat: entering it, coming back to it after a reload, and how the line fares.
 *
 * Who one is (the session) is kept on the device, so that a reload, and every further tab, is the same person (3.7). It is forgotten when one has left, in
 * whichever tab, and when the server knows nobody of that session any more and the name is another's.
 *
 * After a long sleep the server may know none of the tabs any more. The first to get in again is somebody new, who has the name and keeps that session; to
 * the others the name is taken, and they follow it.
 */

import {
  type Chat,
  type ChatEvent,
  type Clock,
  Closed,
  type ConnectOptions,
  type Session as Kept,
  type LineState,
  Refused,
  Unreachable,
} from '@palabre/client';
import { batch, signal } from '@preact/signals';
import type { Line, Problem } from './app.ts';
import type { Device } from './device.ts';
import { type KeptSession, readSession } from './kept-session.ts';
import { sameName } from './names.ts';
import { problemOf } from './problems.ts';

export type Stage = 'entry' | 'entering' | 'chat';

export interface SessionOptions {
  readonly address: string;
  readonly device: Device;
  readonly clock: Clock;
  /** Ms since 1970. */
  readonly now: () => number;
  readonly connect: (address: string, options: ConnectOptions) => Promise<Chat>;
  /** Something happened, in the order in which it did. */
  readonly heard: (event: Exclude<ChatEvent, LineState>) => void;
  /** In the chat, for the first time or again. `resumed`: as who one was to the server. */
  readonly connected: (chat: Chat, resumed: boolean) => void;
  /**
   * The chat is over; `problem`: if that was not asked for here. `kept`: there is a session on the device, one's own or another tab's. `next`: one is
   * to come back as that.
   */
  readonly over: (problem: Problem | undefined, kept: boolean, next?: KeptSession) => void;
}

/** Between attempts to come back to a server that can't be reached, in ms. */
const PAUSES = [1000, 2000, 4000, 8000, 15_000];

export class Session {
  readonly stage = signal<Stage>('entry');
  readonly line = signal<Omit<Line, 'waiting'>>({ state: 'closed' });
  readonly #options: SessionOptions;
  #chat: Chat | undefined;
  /** As who one came in last, or tries to come back. */
  #mine: Kept | undefined;
  #key: string | undefined;
  #leaving = false;
  #detached = false;
  /** Ends the attempts to get in. */
  #entering = new AbortController();
  #events: ChatEvent[] = [];
  #hurry = (): void => {};

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get chat(): Chat | undefined {
    return this.#chat;
  }

  /** Enters under a name. Resolves to what went wrong. */
  async enter(name: string, key?: string): Promise<Problem | undefined> {
    if (this.stage.value !== 'entry') return undefined;
    const signal = this.#enter();
    try {
      await this.#begin({ name, key, signal });
      return undefined;
    } catch (error) {
      return signal.aborted ? undefined : this.#failed(error);
    }
  }

  /** Who one is, as it is kept on the device. */
  get kept(): KeptSession | undefined {
    return readSession(this.#options.device.get('session'));
  }

  /** Comes back as who one was, however long the server is out of reach. `invited`: the key where none is kept. */
  async comeBack(kept: KeptSession, invited?: string): Promise<void> {
    const { clock, now, over } = this.#options;
    const signal = this.#enter();
    let mine = kept;
    for (let attempt = 0; ; attempt++) {
      this.#mine = mine;
      const { key, ...session } = mine;
      try {
        await this.#begin({ session, key: key ?? invited, signal });
        return;
      } catch (error) {
        if (signal.aborted) return;
        const next = this.#successor;
        if (next) {
          mine = next;
          continue;
        }
        const full = isFull(error) || (error instanceof Unreachable && isFull(error.cause));
        if (full || !(error instanceof Unreachable)) {
          over(this.#failed(error), full || this.#forget());
          return;
        }
      }
      const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 0;
      this.line.value = { state: 'reconnecting', retryAt: now() + pause };
      await new Promise<void>((resolve) => {
        const callOff = clock.after(pause, resolve);
        this.#hurry = () => {
          callOff();
          resolve();
        };
      });
      if (signal.aborted) return;
      this.line.value = { state: 'connecting' };
    }
  }

  reconnectNow(): void {
    this.#hurry();
    this.#chat?.reconnectNow();
  }

  /** The line may be dead: it counts as lost until the server answers. */
  doubt(): void {
    const chat = this.#chat;
    if (!chat || !this.#online) return;
    const doubted = { state: 'offline' } as const;
    this.line.value = doubted;
    const answer = chat.promises.extended ? chat.history({ limit: 1 }) : chat.who();
    answer.then(
      () => {
        // What the library says of the line meanwhile counts more.
        if (this.line.peek() === doubted) this.line.value = { state: 'connected' };
      },
      () => {},
    );
  }

  /** Says good-bye; where one is not in yet, gives up getting in. */
  async leave(): Promise<void> {
    this.#leaving = true;
    if (this.#chat) {
      await this.#chat.close();
      return;
    }
    this.#giveUp();
    const kept = this.#forget();
    batch(() => {
      this.stage.value = 'entry';
      this.line.value = { state: 'closed' };
    });
    this.#options.over(undefined, kept);
  }

  detach(): void {
    if (this.#online || !this.#others) this.#save();
    this.#detached = true;
    this.#giveUp();
    this.#chat?.detach();
  }

  /** Another tab has left, which this one can't hear while its line is lost, or is in again before it. */
  changedElsewhere(): void {
    if (!this.#online && (!this.kept || this.#successor)) this.#chat?.detach();
  }

  get #online(): boolean {
    return this.line.peek().state === 'connected';
  }

  /** What another tab keeps, if that is not one's own session. */
  get #others(): KeptSession | undefined {
    const { kept } = this;
    return kept?.token === this.#mine?.token ? undefined : kept;
  }

  /** The session of another tab that was back before this one, and is who one was. Not that of somebody else at this device. */
  get #successor(): KeptSession | undefined {
    const others = this.#others;
    const mine = this.#mine;
    return others && mine && sameName(others.name, this.#chat?.name ?? mine.name) ? others : undefined;
  }

  #enter(): AbortSignal {
    this.#leaving = false;
    this.#entering = new AbortController();
    batch(() => {
      this.stage.value = 'entering';
      this.line.value = { state: 'connecting' };
    });
    return this.#entering.signal;
  }

  #giveUp(): void {
    this.#entering.abort();
    this.#hurry();
  }

  /** Keeps on the device who one is, and what was taken last. */
  #save(): void {
    const session = this.#session();
    if (!session) return;
    this.#mine = session;
    this.#options.device.put('session', session);
  }

  /** Forgets on the device who one was, unless one is to come back; another tab's session stays. Gives whether there is a session then. */
  #forget(): boolean {
    const stays = this.#detached ? this.kept : this.#others;
    this.#options.device.put('session', stays);
    return this.#detached || stays !== undefined;
  }

  #session(): KeptSession | undefined {
    const session = this.#chat?.session;
    return session && { ...session, key: this.#key };
  }

  async #begin(
    who: Pick<ConnectOptions, 'name' | 'session' | 'key'> & { signal: AbortSignal },
  ): Promise<void> {
    const { address, clock, connect } = this.#options;
    const chat = await connect(address, { ...who, clock });
    if (who.signal.aborted) {
      if (this.#detached) chat.detach();
      else void chat.close();
      throw new Closed();
    }
    this.#chat = chat;
    this.#key = who.key;
    this.#save();
    void this.#follow(chat);
  }

  #failed(error: unknown): Problem {
    const problem = problemOf(error, undefined, 'server-full');
    batch(() => {
      this.stage.value = 'entry';
      this.line.value = { state: 'closed', problem };
    });
    return problem;
  }

  /** What comes in one turn is taken together: the page is told once. */
  async #follow(chat: Chat): Promise<void> {
    for await (const event of chat) {
      this.#events.push(event);
      if (this.#events.length === 1) this.#options.clock.after(0, () => this.take());
    }
  }

  /** Takes what has come and was to be taken in a moment. */
  take(): void {
    const events = this.#events;
    if (events.length === 0) return;
    this.#events = [];
    batch(() => {
      for (const event of events) {
        if (event.type === 'line') this.#lineIs(event);
        else this.#options.heard(event);
      }
    });
    if (!this.#chat) return;
    if (!this.#online && this.#successor) this.#chat.detach();
    // Once the line is lost what another tab keeps is newer.
    else this.#options.device.soon('session', () => (!this.#online && this.#others) || this.#session());
  }

  #lineIs(event: LineState): void {
    switch (event.state) {
      case 'connected':
        this.#save();
        this.stage.value = 'chat';
        this.line.value = { state: 'connected' };
        if (this.#chat) this.#options.connected(this.#chat, event.resumed);
        break;
      case 'reconnecting':
        this.line.value = { state: 'reconnecting', retryAt: this.#options.now() + event.inMs };
        break;
      case 'closed':
        this.#over(event.error);
        break;
      default:
        this.line.value = { state: event.state };
    }
  }

  #over(error: Error | undefined): void {
    const next = this.#leaving || this.#detached ? undefined : this.#successor;
    const problem = next || !error ? undefined : problemOf(error);
    this.#chat = undefined;
    this.stage.value = 'entry';
    this.line.value = { state: 'closed', problem };
    this.#options.over(problem, this.#forget(), next);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Refused && error.why === 'full';
}
