/** The lobby and the rooms that one is in: which of them is looked at, who is there, what has not been seen. No I/O. */
import type { ChatEvent, Message } from '@palabre/client';
import { nameKey } from '@palabre/protocol';

/** What waits unseen in a place at most; of what is beyond it only the number is kept. */
const MOST_WAITING = 200;
/** How many of those who spoke last are known, for completing their names. */
const MOST_SPEAKERS = 50;

export class Place {
  /** `undefined`: the lobby. */
  readonly room: string | undefined;
  /** What was said and has not been seen, oldest first. */
  waiting: Message[] = [];
  unread = 0;
  /** Something unseen is about oneself. */
  mentioned = false;
  /** It has been looked at. */
  visited = false;
  /** The id of the last line that was seen in it. */
  seen = 0;
  /** How far back `/history` has gone: the id of the first line that was shown. */
  oldest: number | undefined;
  /** Counts who comes and goes: a list that was asked for meanwhile is out of date. */
  changes = 0;
  #people = new Map<string, string>();

  constructor(room: string | undefined) {
    this.room = room;
  }

  get title(): string {
    return this.room ?? 'lobby';
  }

  /** Who is here, in the order in which they came. */
  get people(): readonly string[] {
    return [...this.#people.values()];
  }

  set people(names: readonly string[]) {
    this.#people = new Map(names.map((name) => [nameKey(name), name]));
  }

  arrived(name: string): void {
    this.changes++;
    this.#people.set(nameKey(name), name);
  }

  left(name: string): void {
    this.changes++;
    this.#people.delete(nameKey(name));
  }

  renamed(was: string, name: string): void {
    const same = nameKey(was);
    if (!this.#people.has(same)) return;
    this.changes++;
    this.people = this.people.map((one) => (nameKey(one) === same ? name : one));
  }

  /** It was said while another place was looked at. */
  keep(message: Message, mention: boolean): void {
    this.unread++;
    this.mentioned ||= mention;
    this.waiting.push(message);
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
  }

  /** What was kept, and how many more there were before it; nothing of it is unseen any more. */
  look(): { readonly messages: readonly Message[]; readonly earlier: number } {
    const messages = this.waiting.filter(({ id }) => id === undefined || id > this.seen);
    const earlier = this.unread - this.waiting.length;
    this.waiting = [];
    this.unread = 0;
    this.mentioned = false;
    return { messages, earlier };
  }

  /** A line of it was shown. */
  shown({ id }: Message): void {
    if (id === undefined) return;
    this.seen = Math.max(this.seen, id);
    this.oldest = Math.min(this.oldest ?? id, id);
  }
}

export class Places {
  readonly lobby = new Place(undefined);
  #rooms = new Map<string, Place>();
  #current = this.lobby;
  #speakers: string[] = [];

  get current(): Place {
    return this.#current;
  }

  /** The lobby first. */
  get all(): readonly Place[] {
    return [this.lobby, ...this.#rooms.values()];
  }

  /** Those who spoke, the last of them first. */
  get speakers(): readonly string[] {
    return this.#speakers;
  }

  find(room: string | undefined): Place | undefined {
    return room === undefined ? this.lobby : this.#rooms.get(nameKey(room));
  }

  /** The room, which one is in from now on. */
  enter(room: string): Place {
    const place = this.find(room) ?? new Place(room);
    this.#rooms.set(nameKey(room), place);
    return place;
  }

  leave(room: string): void {
    const place = this.find(room);
    this.#rooms.delete(nameKey(room));
    if (place === this.#current) this.#current = this.lobby;
  }

  /** The server has forgotten which rooms one was in. */
  leaveAll(): void {
    this.#rooms = new Map();
    this.#current = this.lobby;
  }

  look(place: Place): void {
    this.#current = place;
    place.visited = true;
  }

  spoke(name: string): void {
    const key = nameKey(name);
    const others = this.#speakers.filter((one) => nameKey(one) !== key);
    this.#speakers = [name, ...others].slice(0, MOST_SPEAKERS);
  }

  /** Keeps track of who is where. */
  follow(event: ChatEvent): void {
    switch (event.type) {
      case 'arrived':
        if (event.room !== undefined && event.own) this.enter(event.room);
        this.find(event.room)?.arrived(event.name);
        return;
      case 'left':
        if (event.room === undefined) for (const place of this.all) place.left(event.name);
        else if (event.own) this.leave(event.room);
        else this.find(event.room)?.left(event.name);
        return;
      case 'renamed':
        for (const place of this.all) place.renamed(event.was, event.name);
        return;
      default:
    }
  }
}
