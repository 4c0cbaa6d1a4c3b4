/** The rooms of the server: which there are, entering and leaving them. */

import { type Chat, Closed, Refused, type RoomListing } from '@palabre/client';
import { computed, signal } from '@preact/signals';
import type { App, ConversationKey, Problem } from './app.ts';
import type { Conversations } from './conversations.ts';
import { nameProblem } from './names.ts';
import { problemOf } from './problems.ts';

export class Rooms implements Pick<App, 'rooms' | 'listRooms' | 'enterRoom' | 'leaveRoom'> {
  readonly rooms: App['rooms'];
  readonly #listed = signal<readonly RoomListing[]>([]);
  readonly #chat: () => Chat | undefined;
  readonly #conversations: Conversations;

  constructor(chat: () => Chat | undefined, conversations: Conversations) {
    this.#chat = chat;
    this.#conversations = conversations;
    this.rooms = computed(() => {
      conversations.list.value;
      return this.#listed.value.map((room) => ({
        ...room,
        entered: conversations.entered(room.name) !== undefined,
      }));
    });
  }

  listRooms = async (): Promise<void> => {
    // Where there are none to be had, none are listed.
    const rooms =
      (await this.#chat()
        ?.rooms()
        .catch(() => undefined)) ?? [];
    this.#listed.value = rooms.toSorted((a, b) => a.name.localeCompare(b.name));
  };

  enterRoom = async (typed: string): Promise<Problem | undefined> => {
    const name = typed.trim().replace(/^#/, '');
    if (nameProblem(name)) return { what: 'room-name', about: name };
    const known = this.#conversations.entered(name);
    if (known) {
      this.#conversations.open(known);
      return undefined;
    }
    try {
      const chat = this.#chat();
      if (!chat) throw new Closed();
      await chat.room(name).enter();
    } catch (error) {
      const problem = problemOf(error, name, 'too-many-rooms');
      return problem.what === 'not-in-room' ? { what: 'room-name', about: name } : problem;
    }
    this.#conversations.open(this.#conversations.room(name));
    return undefined;
  };

  leaveRoom = async (key: ConversationKey): Promise<void> => {
    const room = this.#conversations.get(key);
    if (room?.kind !== 'room') return;
    try {
      await this.#chat()?.room(room.title.peek()).leave();
    } catch (error) {
      // One is not in it: that is what was wanted.
      if (!(error instanceof Refused)) return;
    }
    this.#conversations.left(room);
  };
}
