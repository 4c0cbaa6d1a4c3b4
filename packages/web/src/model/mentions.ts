/** The lines that name oneself. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from './app.ts';
import type { Conversation } from './conversation.ts';
import type { LineEntry } from './entries.ts';

/** The newest are kept. */
const KEPT = 200;
/** Lines asked for in each conversation: those with one's name in them, not all of which have it as a word. */
const ASKED = 50;

export class Mentions {
  /** Newest first. */
  readonly list: ReadonlySignal<readonly Message[]>;
  readonly #list = signal<readonly Message[]>([]);

  constructor() {
    this.list = this.#list;
  }

  /** Takes those of the lines that name oneself. */
  add(lines: readonly LineEntry[], conversation: Conversation): void {
    const known = new Set(this.#list.peek().map(({ id }) => id));
    const found = lines.filter(({ mention, id }) => mention && (id === undefined || !known.has(id)));
    if (found.length === 0) return;
    const messages = [...this.#list.peek(), ...found.map((line) => conversation.alone(line))];
    this.#list.value = messages.sort((a, b) => (b.id ?? b.at) - (a.id ?? a.at)).slice(0, KEPT);
  }

  /** Looks for them in the history of these. */
  async load(me: string, conversations: readonly Conversation[]): Promise<void> {
    await Promise.all(
      conversations.map(async (one) => {
        const lines = await one.find({ find: me, limit: ASKED }).catch(() => []);
        this.add(lines, one);
      }),
    );
  }

  clear(): void {
    this.#list.value = [];
  }
}
