import { type Chat, Closed } from '@palabre/client';
import { nameKey } from '@palabre/protocol';
import { help, type Typed } from './commands.ts';
import type { Looking } from './looking.ts';
import type { Places } from './places.ts';
import type { Telling } from './telling.ts';

export interface TypingOptions {
  readonly chat: Chat;
  readonly places: Places;
  readonly telling: Telling;
  readonly looking: Looking;
  /** How many lines are still to be said has changed. */
  readonly onUnsaid: () => void;
  /** What an error means, in a sentence. */
  readonly why: (error: unknown) => string;
}

/**
 * Carries out what is typed. One thing after the other, in its order: what is typed after `/join dev` is said there, even if it was typed before the room
 * had been entered.
 */
export class Typing {
  readonly #options: TypingOptions;
  readonly #begun = Promise.withResolvers<void>();
  #queue: Promise<void> = this.#begun.promise;
  #unsaid = 0;
  /** The rooms that were listed last. */
  #rooms: readonly string[] = [];

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  /** How many lines are still to be said. */
  get unsaid(): number {
    return this.#unsaid;
  }

  get rooms(): readonly string[] {
    return this.#rooms;
  }

  /** One is inside: what was typed until now can be carried out. */
  begin(): void {
    this.#begun.resolve();
  }

  /** Resolves when it is done; what is said counts as done when it is on its way. */
  async typed(typed: Typed): Promise<void> {
    const { chat, telling, why } = this.#options;
    chat.reconnectNow();
    this.#queue = this.#queue.then(() => this.#carryOut(typed)).catch((error) => telling.note(why(error)));
    await this.#queue;
  }

  /** Says a text of several lines. Resolves as `typed` does. */
  async saidTogether(texts: readonly string[]): Promise<void> {
    this.#queue = this.#queue.then(() => this.#say(texts));
    await this.#queue;
  }

  /** Resolves when everything typed is done. */
  async done(): Promise<void> {
    this.begin();
    await this.#queue;
  }

  async #carryOut(typed: Typed): Promise<void> {
    const { chat, telling, looking, places } = this.#options;
    const { current } = places;
    switch (typed.do) {
      case 'say':
        return this.#say([typed.text]);
      case 'whisper':
        return this.#follow(typed.text, chat.whisper(typed.to, typed.text));
      case 'who':
        return this.#ask(looking.people(current).then((names) => telling.people(names)));
      case 'rooms':
        return this.#ask(this.#listRooms());
      case 'join':
        return this.#join(typed.room);
      case 'leave':
        return this.#leave(typed.room ?? current.room);
      case 'name':
        return chat.rename(typed.name);
      case 'history':
        return this.#ask(looking.history(current, typed.lines));
      case 'search':
        return this.#ask(looking.search(current, typed.words));
      case 'help':
        for (const line of help()) telling.note(line);
        return;
      case 'nothing':
        return telling.note(typed.help);
      case 'quit':
        return;
      default:
        return typed satisfies never;
    }
  }

  #say(texts: readonly string[]): void {
    const { chat, places } = this.#options;
    const { room } = places.current;
    const place = room === undefined ? chat : chat.room(room);
    for (const [i, text] of texts.entries()) this.#follow(text, place.say(text, { cont: i > 0 }));
  }

  /** Tells if it turns out that it was not said. */
  #follow(text: string, said: Promise<unknown>): void {
    const { telling, why, onUnsaid } = this.#options;
    this.#unsaid++;
    void said
      .catch((error) => telling.note(`not said: ${text} (${why(error)})`))
      .finally(() => {
        this.#unsaid--;
        onUnsaid();
      });
    onUnsaid();
  }

  /** What only tells something does not keep waiting what is typed after it. */
  #ask(answer: Promise<void>): void {
    const { telling, why } = this.#options;
    void answer.catch((error) => {
      // Who has left asks no more.
      if (!(error instanceof Closed)) telling.note(why(error));
    });
  }

  async #listRooms(): Promise<void> {
    const { chat, telling } = this.#options;
    const rooms = await chat.rooms();
    this.#rooms = rooms.map(({ name }) => name);
    const list = rooms.map(({ name, members }) => `${name} (${members})`).join(', ');
    telling.note(list ? `rooms: ${list}` : 'there is no room but the lobby: /join NAME makes one');
  }

  async #join(room: string | undefined): Promise<void> {
    const { chat, looking, places } = this.#options;
    if (room === undefined || nameKey(room) === 'lobby') return looking.look(places.lobby);
    if (!places.find(room)) await chat.room(room).enter();
    return looking.look(places.enter(room));
  }

  async #leave(room: string | undefined): Promise<void> {
    const { chat, telling, places } = this.#options;
    if (room === undefined) telling.note('the lobby is left with /quit');
    // Its name as whoever made it typed it.
    else await chat.room(places.find(room)?.room ?? room).leave();
  }
}
