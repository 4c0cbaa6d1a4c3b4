import type { Chat, Message } from '@palabre/client';
import { mentions } from './mention.ts';
import type { Place, Places } from './places.ts';
import type { Telling } from './telling.ts';

/** How many lines of what was said before are shown on entering. */
const ON_ENTERING = 20;

export interface LookingOptions {
  readonly chat: Chat;
  readonly places: Places;
  readonly telling: Telling;
  /** Another place is looked at. */
  readonly onLook: (place: Place) => void;
  /** Who is here has changed. */
  readonly onPeople: () => void;
}

/** Shows places: what is new in them, what was said before, who is there. */
export class Looking {
  readonly #options: LookingOptions;
  #isMention: (text: string) => boolean;

  constructor(options: LookingOptions) {
    this.#options = options;
    this.#isMention = mentions(options.chat.name);
  }

  /** One has another name. */
  named(name: string): void {
    this.#isMention = mentions(name);
  }

  /** Whether it is for the reader above all. */
  isMention({ own, private: alone, text }: Message): boolean {
    return !own && (alone || this.#isMention(text));
  }

  /** Looks at a place: shows what is new in it, the first time also what was said before. `seen`: the id up to which it was seen in an earlier run. */
  async look(place: Place, seen?: number): Promise<void> {
    const { chat, places, telling, onLook } = this.#options;
    // What comes in meanwhile waits in the place, since it is not looked at yet.
    const before = place.waiting[0]?.id ?? (seen === undefined ? undefined : seen + 1);
    const past = place.visited || !chat.promises.history ? [] : await this.#past(place, ON_ENTERING, before);
    telling.note(place.room === undefined ? 'the lobby' : `the room ${place.room}`);
    for (const message of past) this.show(place, message);
    places.look(place);
    const { messages, earlier } = place.look();
    if (earlier > 0) telling.note(`${earlier} lines before these: /history`);
    for (const message of messages) this.show(place, message);
    onLook(place);
    void this.people(place).catch(() => {});
  }

  /** A message of the place that is looked at. */
  show(place: Place, message: Message): void {
    place.shown(message);
    this.#options.telling.message(message, this.isMention(message));
  }

  /** Asks who is here, until nobody has come or gone meanwhile. */
  async people(place: Place): Promise<readonly string[]> {
    const { chat, onPeople } = this.#options;
    for (;;) {
      const { changes, room } = place;
      const names = await (room === undefined ? chat.who() : chat.room(room).who());
      if (place.changes !== changes) continue;
      place.people = names;
      onPeople();
      return names;
    }
  }

  /** Lists what was said before what has been shown. */
  async history(place: Place, limit: number): Promise<void> {
    const messages = await this.#past(place, limit, place.oldest);
    this.#list(`before that in ${place.title}`, messages);
    for (const message of messages) place.shown(message);
  }

  async search({ room, title }: Place, words: string): Promise<void> {
    const { messages } = await this.#options.chat.search(words, room === undefined ? {} : { room });
    this.#list(`with ${words} in ${title}`, messages);
  }

  async #past({ room }: Place, limit: number, before: number | undefined): Promise<readonly Message[]> {
    const { chat } = this.#options;
    const range = before === undefined ? { limit } : { limit, before };
    const { messages } = await (room === undefined ? chat.history(range) : chat.room(room).history(range));
    return messages;
  }

  #list(what: string, messages: readonly Message[]): void {
    const { telling } = this.#options;
    if (messages.length === 0) {
      telling.note(`nothing ${what}`);
      return;
    }
    telling.note(`${messages.length === 1 ? '1 line' : `${messages.length} lines`} ${what}`);
    for (const message of messages) telling.message(message, false);
    telling.note('that was it');
  }
}
