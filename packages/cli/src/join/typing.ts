import { type Chat, Closed } from '@palabre/client';
import { nameKey } from '@palabre/protocol';
import { help, type Typed } from './commands.ts';
import type { Looking } from './looking.ts';
import type { Places } from './places.ts';
import type { Telling } from './telling.ts';

/** How much may be under way at a time; what is typed after it waits. As much as `palabre send` has under way, and less than the client library's limit. */
const MOST_UNDER_WAY = 512;

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
  /** What has been said or asked and has no answer yet, in its order. None of these rejects. */
  readonly #underWay = new Set<Promise<void>>();
  #unsaid = 0;
  #undone = 0;
  /** The rooms that were listed last. */
  #rooms: readonly string[] = [];

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  /** How many lines are still to be said. */
  get unsaid(): number {
    return this.#unsaid;
  }

  /** How much of what was typed was not said or done, or nobody can tell. Each was told of. */
  get undone(): number {
    return this.#undone;
  }

  get rooms(): readonly string[] {
    return this.#rooms;
  }

  /** One is inside: what was typed until now can be carried out. */
  begin(): void {
    this.#begun.resolve();
  }

  /** Resolves when it is done; what is said or asked counts as done when it is on its way. Where much is on its way already, it waits for answers first. */
  async typed(typed: Typed): Promise<void> {
    this.#options.chat.reconnectNow();
    await this.#enqueue(() => this.#carryOut(typed));
  }

  /** Says a text of several lines. Resolves as `typed` does. */
  async saidTogether(texts: readonly string[]): Promise<void> {
    await this.#enqueue(() => this.#say(texts));
  }

  /** Resolves when no more than `most` of what was said and asked has no answer yet. */
  async answered(most = 0): Promise<void> {
    for (const answer of this.#underWay) {
      if (this.#underWay.size <= most) return;
      await answer;
    }
  }

  /** Resolves when everything typed is done and answered. */
  async done(): Promise<void> {
    this.begin();
    await this.#queue;
    await this.answered();
  }

  async #enqueue(act: () => Promise<void>): Promise<void> {
    const { why } = this.#options;
    this.#queue = this.#queue.then(act).catch((error) => this.#fail(why(error)));
    await this.#queue;
  }

  async #carryOut(typed: Typed): Promise<void> {
    const { chat, telling, looking, places } = this.#options;
    await this.#roomForMore();
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
        return this.#fail(typed.help);
      case 'quit':
        return;
      default:
        return typed satisfies never;
    }
  }

  async #say(texts: readonly string[]): Promise<void> {
    const { chat, places } = this.#options;
    const { room } = places.current;
    const place = room === undefined ? chat : chat.room(room);
    for (const [i, text] of texts.entries()) {
      await this.#roomForMore();
      this.#follow(text, place.say(text, { cont: i > 0 }));
    }
  }

  /** Tells if it turns out that it was not said. */
  #follow(text: string, said: Promise<unknown>): void {
    const { why, onUnsaid } = this.#options;
    this.#unsaid++;
    const known = said.then(
      () => {},
      (error) => this.#fail(`not said: ${text} (${why(error)})`),
    );
    this.#await(
      known.finally(() => {
        this.#unsaid--;
        onUnsaid();
      }),
    );
    onUnsaid();
  }

  /** What only tells something does not keep waiting what is typed after it. */
  #ask(answer: Promise<void>): void {
    const { why } = this.#options;
    this.#await(
      answer.catch((error) => {
        // Who has left asks no more.
        if (!(error instanceof Closed)) this.#fail(why(error));
      }),
    );
  }

  #await(answer: Promise<void>): void {
    const answered: Promise<void> = answer.finally(() => this.#underWay.delete(answered));
    this.#underWay.add(answered);
  }

  async #roomForMore(): Promise<void> {
    // Half of them at a time: to wake up for each would cost more than to say it.
    if (this.#underWay.size >= MOST_UNDER_WAY) await this.answered(MOST_UNDER_WAY / 2);
  }

  #fail(what: string): void {
    this.#undone++;
    this.#options.telling.note(what);
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
