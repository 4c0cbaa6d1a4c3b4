/** All conversations of this page: which there are, which is open. */

import { type NameKey, nameKey } from '@palabre/protocol';
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationKey } from './app.ts';
import { Conversation, type Surroundings } from './conversation.ts';
import { textsIn } from './device.ts';
import { Members } from './members.ts';

const ORDER = { lobby: 0, room: 1, private: 2 } as const;

export class Conversations {
  /** The lobby first, then rooms, then private conversations, each by name. */
  readonly list: ReadonlySignal<readonly Conversation[]>;
  readonly current: Signal<Conversation>;
  /** What was opened last, and what was unread in it then. */
  readonly opened = signal<{ readonly conversation: Conversation; readonly unread: number } | undefined>(
    undefined,
  );
  readonly #around: Surroundings;
  readonly #listed: Signal<readonly Conversation[]>;
  /** Also those that are not on the list any more: a search result or a mention may lead there. */
  readonly #all = new Map<ConversationKey, Conversation>();
  readonly #rooms = new Map<NameKey, Conversation>();
  readonly #privates = new Map<NameKey, Conversation>();
  #lobby: Conversation;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#lobby = this.#make('lobby', []);
    this.#listed = signal([this.#lobby]);
    this.current = signal(this.#lobby);
    this.list = computed(() =>
      this.#listed.value.toSorted(
        (a, b) => ORDER[a.kind] - ORDER[b.kind] || a.title.value.localeCompare(b.title.value),
      ),
    );
  }

  get lobby(): Conversation {
    return this.#lobby;
  }

  get rooms(): IterableIterator<Conversation> {
    return this.#rooms.values();
  }

  get privates(): IterableIterator<Conversation> {
    return this.#privates.values();
  }

  get(key: ConversationKey): Conversation | undefined {
    return this.#all.get(key);
  }

  entered(room: string): Conversation | undefined {
    return this.#rooms.get(nameKey(room));
  }

  /** That of a room, of which one is a member. */
  room(name: string): Conversation {
    const key = nameKey(name);
    const known = this.#rooms.get(key);
    if (known) return known;
    const room = this.#make('room', [name]);
    this.#rooms.set(key, room);
    this.#list(room);
    return room;
  }

  /** That with somebody, if there is one. */
  with(name: string): Conversation | undefined {
    return this.#privates.get(nameKey(name));
  }

  /** That with somebody, on the list. `names`: the present one, and those from before. */
  private(...names: readonly string[]): Conversation {
    const listed = this.#listed.peek();
    const found = this.#private(names);
    if (this.#listed.peek() !== listed) this.#keepPrivates();
    return found;
  }

  /** Somebody has another name: who talked with them goes on with them. */
  renamed(was: string, name: string): void {
    const found = this.#privates.get(nameKey(was));
    if (!found) return;
    const key = nameKey(name);
    if (key !== nameKey(was) && this.#privates.has(key)) return;
    this.#privates.delete(nameKey(was));
    this.#privates.set(key, found);
    found.rename([name, ...found.names.filter((one) => nameKey(one) !== key)]);
    this.#keepPrivates();
  }

  open(conversation: Conversation): void {
    const before = this.current.peek();
    batch(() => {
      if (conversation.kind === 'private') this.private(...conversation.names);
      if (before === conversation) return;
      before.reading.mark.value = undefined;
      this.opened.value = { conversation, unread: conversation.unread.peek() };
      this.current.value = conversation;
    });
    this.#around.device.put('current', conversation.key);
  }

  /** One is not in the room any more. */
  left(room: Conversation): void {
    this.#rooms.delete(nameKey(room.title.peek()));
    this.#all.delete(room.key);
    this.#unlist(room);
  }

  closePrivate(conversation: Conversation): void {
    conversation.markRead();
    this.#unlist(conversation);
    this.#keepPrivates();
  }

  /** Up or down the list, around its ends; the open one if there is nothing to go to. */
  next(by: 1 | -1, unread: boolean): Conversation {
    const list = this.list.peek();
    const at = list.indexOf(this.current.peek());
    for (let i = 1; i < list.length; i++) {
      const one = list[(at + by * i + list.length * i) % list.length];
      if (one && (!unread || one.unread.peek() > 0)) return one;
    }
    return this.current.peek();
  }

  /** What is kept of them on the device. */
  restorePrivates(): void {
    const kept = this.#around.device.get('privates');
    const names = Array.isArray(kept) ? kept.map(textsIn).filter((each) => each.length > 0) : [];
    const keys = new Set(names.map(([name = '']) => nameKey(name)));
    for (const one of this.#listed.peek()) {
      const gone = one.kind === 'private' && !keys.has(nameKey(one.title.peek()));
      if (gone && one !== this.current.peek()) this.#unlist(one);
    }
    for (const each of names) this.#private(each);
  }

  /** Begins anew, with the lobby alone. */
  reset(): void {
    batch(() => {
      this.#all.clear();
      this.#rooms.clear();
      this.#privates.clear();
      this.#lobby = this.#make('lobby', []);
      this.#listed.value = [this.#lobby];
      this.current.value = this.#lobby;
    });
  }

  all(): IterableIterator<Conversation> {
    return this.#all.values();
  }

  #private(names: readonly string[]): Conversation {
    const key = nameKey(names[0] ?? '');
    const found = this.#privates.get(key) ?? this.#make('private', names);
    this.#privates.set(key, found);
    if (!this.#listed.peek().includes(found)) this.#list(found);
    return found;
  }

  #make(kind: Conversation['kind'], names: readonly string[]): Conversation {
    const key = kind === 'lobby' ? kind : `${kind === 'room' ? 'room' : 'with'}:${nameKey(names[0] ?? '')}`;
    // A key stays when the other takes another name, and somebody else may take that one.
    let free = key;
    for (let i = 2; this.#all.has(free); i++) free = `${key}~${i}`;
    const roster = kind === 'private' ? this.#lobby.roster : new Members();
    const made = new Conversation(free, { kind, names }, roster, this.#around);
    this.#all.set(free, made);
    return made;
  }

  #list(conversation: Conversation): void {
    this.#listed.value = [...this.#listed.peek(), conversation];
  }

  #unlist(conversation: Conversation): void {
    batch(() => {
      this.#listed.value = this.#listed.peek().filter((one) => one !== conversation);
      if (this.current.peek() === conversation) this.open(this.#lobby);
    });
  }

  #keepPrivates(): void {
    const privates = this.#listed.peek().filter(({ kind }) => kind === 'private');
    this.#around.device.put(
      'privates',
      privates.map(({ names }) => names),
    );
  }
}
