import {
  askHistory,
  askRooms,
  askWho,
  type History,
  type RoomListing,
  say,
  takeName,
} from './core/questions.ts';
import type { Talk } from './core/talk.ts';
import type { ChatEvent } from './events.ts';
import type { CallOptions, HistoryOptions, Promises, Receipt, SayOptions, Session } from './options.ts';
import { Room } from './room.ts';

/**
 * A chat that one is in. `connect` makes it. Say things by its methods, read what happens by `for await (const event of chat)`.
 *
 * The line to the server may be lost at any time: the chat comes back by itself, and what was said meanwhile waits. Every method that asks
 * something may be called at any time; it is rejected with `Closed` once the chat is over, and with `QueueFull` when too much waits. What is asked
 * goes out in the order of the calls.
 */
export class Chat implements AsyncIterable<ChatEvent, void> {
  readonly #talk: Talk;

  /** Not for use outside this library: see `connect`. */
  constructor(talk: Talk) {
    this.#talk = talk;
  }

  /** One's own name. Follows `rename`, here and on other devices. */
  get name(): string {
    return this.#talk.self.name;
  }

  /** What it takes to come back after a restart of the program; `undefined` on a server of the nine words alone, and once the member has left. */
  get session(): Session | undefined {
    return this.#talk.session;
  }

  /** What this server holds; changes only when a lost line leads to a server of another kind. */
  get promises(): Promises {
    const { extended } = this.#talk;
    return { extended, receipts: extended, exactlyOnce: extended, history: extended, rooms: extended };
  }

  /** Resolves when the chat is over: with an error where it was not closed from here. */
  get closed(): Promise<Error | undefined> {
    return this.#talk.over;
  }

  /**
   * Says something in the lobby. Resolves once the server has kept it, however often the line is lost meanwhile. When the server can't keep it now
   * (a full disk) it is tried again, in order, until it can.
   *
   * Rejects: `Refused` (`empty`; `text`: control characters, of which a line end is one; `long`: over 4,096 bytes with the word), `QueueFull`,
   * `Unconfirmed`, `Closed`.
   */
  async say(text: string, options: SayOptions = {}): Promise<Receipt> {
    return await this.#talk.ask(say(text, options), options.signal);
  }

  /** Says something to one alone. Rejects as `say` does, with `NotAName`, and `Refused` (`nobody`) where nobody of that name is here. */
  async whisper(to: string, text: string, options: SayOptions = {}): Promise<Receipt> {
    return await this.#talk.ask(say(text, options, undefined, to), options.signal);
  }

  /** A room, by its name. Asks nothing yet: enter it first. */
  room(name: string): Room {
    return new Room(name, this.#talk);
  }

  /** The names of those in the chat, in the order in which they came. */
  async who({ signal }: CallOptions = {}): Promise<string[]> {
    return await this.#talk.ask(askWho(), signal);
  }

  /** The rooms that somebody is in. Rejects with `Unsupported` on a server of the nine words alone. */
  async rooms({ signal }: CallOptions = {}): Promise<RoomListing[]> {
    return await this.#talk.ask(askRooms(), signal);
  }

  /** Takes another name, in one step. Rejects with `NameTaken` or `NotAName`; the old name then stays. */
  async rename(name: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#talk.ask(takeName(name), signal);
  }

  /**
   * Reads a part of the history, oldest line first; the lobby's if nothing else is asked for. What it gives is marked `old`, and does not come to
   * the reader of events. It reaches up to the moment of asking: together with the events nothing is missing, and what has been said since `connect`
   * comes both ways, with the same `id`. Rejects: `Refused` (`room`: not in it), `Unsupported`.
   */
  async history(options: HistoryOptions = {}): Promise<History> {
    return await this.#talk.ask(askHistory(this.#talk.self, options), options.signal);
  }

  /** The newest lines with all these words; narrowed down as `history` is. */
  async search(words: string, options: Omit<HistoryOptions, 'find'> = {}): Promise<History> {
    return await this.history({ ...options, find: words });
  }

  /**
   * What happens, from the moment of connecting on. One reader at a time: two would share the events between them. Leaving the loop leaves the
   * chat as it is; another loop goes on where the last one stopped. Ends when the chat is over, or `signal` is aborted.
   */
  async *events({ signal }: CallOptions = {}): AsyncGenerator<ChatEvent, void, void> {
    for (;;) {
      const event = await this.#talk.reader.take(signal);
      if (!event) return;
      yield event;
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<ChatEvent, void, void> {
    return this.events();
  }

  /** Tries to come back now, if the line is lost and the next attempt is yet to come: the network is there again, the user is looking. */
  reconnectNow(): void {
    this.#talk.hurry();
  }

  /**
   * Says what is still to be said, then BYE: the member leaves, on all its devices. Resolves when the chat is over; gives up after `withinMs` (5,000),
   * and then what has not been said is rejected with `Closed`, what may have been with `Unconfirmed`.
   */
  async close({ withinMs = 5000 }: { readonly withinMs?: number } = {}): Promise<void> {
    this.#talk.leave(withinMs);
    await this.#talk.over;
  }

  /**
   * Drops the line without BYE: on a server of the extended form the member stays for as long as the server waits (60 s), and can come back by
   * `session`. What has no receipt is rejected as by `close`.
   */
  detach(): void {
    this.#talk.finish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
