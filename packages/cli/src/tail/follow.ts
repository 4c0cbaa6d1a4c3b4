import { setTimeout } from 'node:timers/promises';
import type { Chat, ChatEvent, Message } from '@palabre/client';
import { nameKey } from '@palabre/protocol';
import { complain, remark } from '../terminal/complain.ts';
import { type Ask, beginning, pages, persistent } from './past.ts';
import type { Since } from './since.ts';

export interface FollowOptions {
  /** Absent: the lobby, and private lines. */
  readonly room: string | undefined;
  readonly since: Since | undefined;
  readonly print: (message: Message) => Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Prints what is said in one place, each line once and in its order. What the client could not bring after a lost line (it says so by a `gap`) is
 * fetched from the history, and so is what was said before the beginning.
 */
export class Follow {
  readonly #chat: Chat;
  readonly #options: FollowOptions;
  readonly #ask: Ask;
  /** What the history has brought, up to this id, need not be printed when it comes as an event. Private lines do not come from it. */
  #brought = -1;
  /** The id of the line printed last. */
  #printed: number | undefined;
  /** The first line to the server has come back as somebody who is there already. */
  #shared: boolean | undefined;

  constructor(chat: Chat, options: FollowOptions) {
    const { room, signal } = options;
    this.#chat = chat;
    this.#options = options;
    this.#ask = persistent(
      (range) => {
        const asked = { ...range, signal };
        return room === undefined ? chat.history(asked) : chat.room(room).history(asked);
      },
      (ms) => setTimeout(ms, undefined, { signal }),
    );
  }

  /** Whether somebody who was there already is followed as: not to be seen off. */
  get shared(): boolean {
    return this.#shared ?? false;
  }

  /** Resolves when the chat is over or `signal` is aborted. Rejects where the place can't be entered, or the history not be had. */
  async run(): Promise<void> {
    const { room, since, signal } = this.#options;
    if (room !== undefined) await this.#chat.room(room).enter({ signal });
    if (since) await this.#fetch(await beginning(this.#ask, since));
    for await (const event of this.#chat.events({ signal })) await this.#take(event);
  }

  async #take(event: ChatEvent): Promise<void> {
    switch (event.type) {
      case 'message':
        if (this.#isHere(event) && !this.#isBrought(event)) await this.#print(event);
        return;
      case 'gap':
        await this.#fill(event.after, event.before);
        return;
      case 'line':
        if (event.state === 'offline') remark('the line is lost; trying again');
        if (event.state !== 'connected') return;
        if (this.#shared !== undefined) remark('back');
        this.#shared ??= event.resumed;
        // A server that keeps nothing counts anew: what has a low id now is new.
        if (!event.resumed) this.#brought = -1;
        return;
      default:
    }
  }

  #isHere({ room, private: alone }: Message): boolean {
    const here = this.#options.room;
    if (here === undefined) return room === undefined;
    return !alone && room !== undefined && nameKey(room) === nameKey(here);
  }

  #isBrought({ id, private: alone }: Message): boolean {
    return !alone && id !== undefined && id <= this.#brought;
  }

  async #fill(after: number | undefined, before: number | undefined): Promise<void> {
    const known = [after, this.#printed].filter((id) => id !== undefined);
    if (known.length > 0 && this.#chat.promises.history) await this.#fetch(Math.max(...known), before);
    else complain('the line was lost, and this server does not tell what was said meanwhile', 1);
  }

  async #fetch(after: number, before?: number): Promise<void> {
    for await (const page of pages(this.#ask, after, before)) {
      for (const message of page) {
        await this.#print(message);
        this.#brought = message.id ?? this.#brought;
      }
    }
  }

  async #print(message: Message): Promise<void> {
    this.#printed = message.id ?? this.#printed;
    await this.#options.print(message);
  }
}
