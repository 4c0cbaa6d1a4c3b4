/** Somebody's seat in the chat, whatever it is seen through: brings what happens to what is shown, and what is typed to the chat. */
import type { Chat, ChatEvent, Left, LineState, Message } from '@palabre/client';
import { nameKey } from '@palabre/protocol';
import { explain } from '../terminal/explain.ts';
import type { Paint } from '../terminal/paint.ts';
import type { Where } from '../terminal/where.ts';
import type { Known } from './completing.ts';
import { Looking } from './looking.ts';
import { type Place, Places } from './places.ts';
import type { LineStatus, Status } from './status.ts';
import { Telling } from './telling.ts';
import { Typing } from './typing.ts';

export interface Stage {
  print(lines: readonly string[]): void;
  /** The status is another one. */
  refresh(): void;
  /** Something is for the reader above all. */
  call(): void;
}

export interface SeatOptions {
  readonly where: Where;
  /** The room to begin in; absent: the lobby. */
  readonly room: string | undefined;
  readonly paint: Paint;
  readonly stage: Stage;
  /** Another room is looked at, or one has another name. */
  readonly keep: (room: string | undefined) => void;
}

export class Seat {
  readonly #chat: Chat;
  readonly #options: SeatOptions;
  readonly #telling: Telling;
  readonly #looking: Looking;
  readonly #typing: Typing;
  readonly #places = new Places();
  #line: LineStatus = 'connecting';
  #inside = false;

  constructor(chat: Chat, options: SeatOptions) {
    const { stage, paint, where, keep } = options;
    const places = this.#places;
    const refresh = (): void => stage.refresh();
    this.#chat = chat;
    this.#options = options;
    this.#telling = new Telling(paint, (lines) => stage.print(lines));
    const shared = { chat, places, telling: this.#telling };
    this.#looking = new Looking({ ...shared, onPeople: refresh, onLook: ({ room }) => keep(room) });
    const why = (error: unknown): string => explain(error, where.address);
    this.#typing = new Typing({ ...shared, looking: this.#looking, onUnsaid: refresh, why });
  }

  get status(): Status {
    return { places: this.#places, line: this.#line, unsaid: this.#typing.unsaid };
  }

  /** What typing is about. */
  get typing(): Pick<Typing, 'typed' | 'saidTogether' | 'answered' | 'undone'> {
    return this.#typing;
  }

  get known(): Known {
    const { speakers, current, all } = this.#places;
    const spoke = new Set(speakers.map(nameKey));
    const silent = current.people.filter((name) => !spoke.has(nameKey(name)));
    const rooms = [...all.flatMap(({ room }) => room ?? []), ...this.#typing.rooms];
    return { names: [...speakers, ...silent], rooms: [...new Set(rooms)] };
  }

  /** Resolves when the chat is over; with the reason where it was not left from here. */
  async run(): Promise<Error | undefined> {
    for await (const event of this.#chat) {
      await this.#take(event);
      this.#options.stage.refresh();
    }
    await this.#typing.done();
    return await this.#chat.closed;
  }

  async #take(event: ChatEvent): Promise<void> {
    const { current } = this.#places;
    this.#places.follow(event);
    switch (event.type) {
      case 'message':
        return this.#hear(event);
      case 'arrived':
        if (!event.own && this.#isHere(event.room)) this.#telling.arrived(event);
        return;
      case 'left':
        this.#seeOff(event);
        // A room that was looked at is left, here or on another device.
        if (current !== this.#places.current) await this.#looking.look(this.#places.current);
        return;
      case 'renamed':
        this.#telling.renamed(event);
        if (event.own) this.#named();
        return;
      case 'line':
        return this.#follow(event);
      case 'gap':
        return this.#telling.note('lines may be missing here: /history shows what was kept');
      case 'refused':
        return this.#telling.note(
          `the server refused it${event.why ? ` (${event.why})` : ': is anybody of that name here? /who tells'}`,
        );
      default:
        return event satisfies never;
    }
  }

  #hear(message: Message): void {
    const { from, own, old, room } = message;
    const places = this.#places;
    const mention = this.#looking.isMention(message);
    if (!own) places.spoke(from);
    if (mention && !old) this.#options.stage.call();
    if (message.private) {
      this.#telling.message(message, mention);
      return;
    }
    const place = room === undefined ? places.lobby : places.enter(room);
    if (place !== places.current) place.keep(message, mention);
    else if (message.id === undefined || message.id > place.seen) this.#looking.show(place, message);
  }

  #seeOff(event: Left): void {
    if (event.own && event.room !== undefined) this.#telling.note(`you have left the room ${event.room}`);
    else if (!event.own && this.#isHere(event.room)) this.#telling.left(event);
  }

  async #follow(event: LineState): Promise<void> {
    switch (event.state) {
      case 'connected':
        this.#line = 'online';
        this.#named();
        if (this.#inside) this.#back();
        else await this.#begin(event.resumed);
        return;
      case 'offline':
        if (this.#line === 'online')
          this.#telling.note('the line is lost; what you say waits until it is back');
        this.#line = 'offline';
        return;
      default:
    }
  }

  #back(): void {
    this.#telling.note('the line is back');
    if (!this.#chat.promises.rooms) this.#places.leaveAll();
    void this.#looking.people(this.#places.current).catch(() => {});
  }

  async #begin(resumed: boolean): Promise<void> {
    const { name, session } = this.#chat;
    const { where } = this.#options;
    this.#inside = true;
    this.#telling.note(`you are ${name} at ${where.address}${resumed ? ', as before' : ''}; /help`);
    for (const room of session?.rooms ?? []) this.#places.enter(room);
    const place = await this.#beginning();
    const looked = this.#looking.look(place, resumed ? session?.after : undefined);
    await looked.catch((error) => this.#telling.note(explain(error, where.address)));
    this.#typing.begin();
  }

  /** The room to begin in, if it can be entered. */
  async #beginning(): Promise<Place> {
    const { room, where } = this.#options;
    if (room === undefined) return this.#places.lobby;
    try {
      await this.#chat.room(room).enter();
      return this.#places.enter(room);
    } catch (error) {
      this.#telling.note(`not in the room ${room}: ${explain(error, where.address)}`);
      return this.#places.lobby;
    }
  }

  #named(): void {
    this.#looking.named(this.#chat.name);
    this.#options.keep(this.#places.current.room);
  }

  #isHere(room: string | undefined): boolean {
    return this.#places.find(room) === this.#places.current;
  }
}
