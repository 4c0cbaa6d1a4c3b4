import { nameKey } from '@palabre/protocol';
import { askHistory, askWho, enterRoom, type History, say, sayBye } from './core/questions.ts';
import type { Talk } from './core/talk.ts';
import type { CallOptions, HistoryOptions, Receipt, SayOptions } from './options.ts';

/**
 * A room of the chat (3.8). What is said in it comes to the reader of the chat, with `room`. Everything is rejected as `Unsupported` on a server of
 * the nine words alone, and as `Refused` (`room`) where one is not in it.
 */
export class Room {
  readonly name: string;
  readonly #talk: Talk;

  /** Not for use outside this library: see `chat.room`. */
  constructor(name: string, talk: Talk) {
    this.name = name;
    this.#talk = talk;
  }

  /** Whether one is in it. */
  get entered(): boolean {
    return [...this.#talk.self.rooms].some((room) => nameKey(room) === nameKey(this.name));
  }

  /** Enters it; makes it if need be. At most 64 at a time: `Refused` (`full`). One stays in it when the line is lost. */
  async enter({ signal }: CallOptions = {}): Promise<void> {
    await this.#talk.ask(enterRoom(this.#talk.self, this.name), signal);
  }

  /** Leaves it, once all that was said before is answered. */
  async leave({ signal }: CallOptions = {}): Promise<void> {
    await this.#talk.ask(sayBye(this.name), signal);
  }

  /** Says something in it; see `chat.say`. */
  async say(text: string, options: SayOptions = {}): Promise<Receipt> {
    return await this.#talk.ask(say(text, options, this.name), options.signal);
  }

  /** The names of those in it. */
  async who({ signal }: CallOptions = {}): Promise<string[]> {
    return await this.#talk.ask(askWho(this.name), signal);
  }

  /** Its history; see `chat.history`. */
  async history(options: Omit<HistoryOptions, 'room' | 'with'> = {}): Promise<History> {
    return await this.#talk.ask(askHistory(this.#talk.self, { ...options, room: this.name }), options.signal);
  }
}
