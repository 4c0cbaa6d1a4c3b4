/** One conversation: the lobby, a room, or the private lines with somebody. */

import {
  type Chat,
  Closed,
  type History,
  type HistoryOptions,
  type Receipt,
  type Message as Said,
  type SayOptions,
} from '@palabre/client';
import { type NameKey, nameKey } from '@palabre/protocol';
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationKey, Message, Problem, Conversation as Shown } from './app.ts';
import type { Device } from './device.ts';
import { Draft } from './draft.ts';
import { type LineEntry, lineEntry } from './entries.ts';
import type { Members } from './members.ts';
import { messageOf, waitingMessage } from './messages.ts';
import { namesOne, sameName } from './names.ts';
import { historyOf, type Place, sayAt } from './place.ts';
import { problemOf } from './problems.ts';
import { type Quoted, Quotes } from './quotes.ts';
import { Reading } from './reading.ts';
import { Timeline } from './timeline.ts';
import { stateOf, type Utterance, Utterances } from './utterances.ts';

/** Things said that are kept for Up. */
const RECALLED = 100;

/** What all conversations of a page share. */
export interface Surroundings {
  /** The chat, while one is in it. */
  readonly chat: () => Chat | undefined;
  /** What has come before an answer is taken before it. */
  readonly take: () => void;
  /** Whether what is said goes out. */
  readonly online: () => boolean;
  /** Whether there are ids, receipts and history. */
  readonly extended: ReadonlySignal<boolean>;
  readonly me: ReadonlySignal<string>;
  readonly myKey: ReadonlySignal<NameKey>;
  readonly showComings: ReadonlySignal<boolean>;
  readonly device: Device;
  /** Ms since 1970. */
  readonly now: () => number;
  /** Counts what has no id. */
  readonly turn: () => number;
  /** How many of one's own lines wait may have changed. */
  readonly waiting: () => void;
  /** A line of one's own could not be said. */
  readonly refused: (problem: Problem) => void;
  /** Whether what comes in it is seen. */
  readonly attended: (conversation: Conversation) => boolean;
}

export class Conversation implements Shown {
  readonly key: ConversationKey;
  readonly kind: Shown['kind'];
  readonly title: Signal<string>;
  readonly members: ReadonlySignal<readonly string[]>;
  readonly timeline: Timeline;
  readonly unread: ReadonlySignal<number>;
  readonly mentioned: ReadonlySignal<number>;
  readonly mark: ReadonlySignal<number | undefined>;
  readonly draft: Signal<string>;
  readonly answering = signal<Message | undefined>(undefined);
  readonly said: ReadonlySignal<readonly string[]>;
  readonly reading: Reading;
  /** Who is in it; of a private one: who is in the lobby. */
  readonly roster: Members;
  readonly #around: Surroundings;
  readonly #utterances: Utterances;
  readonly #quotes: Quotes;
  readonly #draft: Draft;
  readonly #typed = signal<readonly string[]>([]);
  #names: Place['names'];

  constructor(key: ConversationKey, { kind, names }: Place, roster: Members, around: Surroundings) {
    this.key = key;
    this.kind = kind;
    this.#names = names;
    this.roster = roster;
    this.#around = around;
    this.title = signal(names[0] ?? '');
    const here = (name: string): boolean => sameName(name, this.title.value);
    this.members = kind === 'private' ? computed(() => roster.names.value.filter(here)) : roster.names;
    this.reading = new Reading({
      device: around.device,
      key: () => `read:${this.#place}`,
      attended: () => around.attended(this),
      find: (options) => this.find(options),
    });
    this.mark = this.reading.mark;
    this.unread = this.reading.unread.count;
    this.mentioned = this.reading.unread.mentioned;
    const waiting = (): string[] => (around.online() ? [] : this.#utterances.open.map(({ text }) => text));
    this.#draft = new Draft(around.device, () => `draft:${this.#place}`, waiting);
    this.draft = this.#draft.text;
    this.#utterances = new Utterances((text, options) => this.#say(text, options), {
      changed: () => this.#changed(),
      kept: (utterance, index, receipt) => this.#kept(utterance, index, receipt),
      problemOf: (error) => this.#refused(error),
    });
    this.#quotes = new Quotes(
      (id) => this.#history({ after: id - 1, before: id + 1, limit: 1 }),
      () => this.timeline.refresh(),
    );
    this.timeline = new Timeline({
      source: () => (around.extended.peek() && around.chat() ? (what) => this.#history(what) : undefined),
      utterances: this.#utterances,
      entry: (line) => this.#entryOf(line),
      message: (lines, head) => this.#message(lines, head),
      waiting: (utterance, head) => this.#waiting(utterance, head),
      showComings: () => around.showComings.peek(),
      me: () => around.me.peek(),
      turn: around.turn,
      now: around.now,
    });
    this.said = computed(() => [...this.#saidBefore(), ...this.#typed.value].slice(-RECALLED));
    if (!around.extended.peek()) this.startPlain();
  }

  /** As in `Place`. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** How many of one's own lines wait for their receipts. */
  get waiting(): number {
    return this.#utterances.open.filter((one) => stateOf(one) === 'waiting').length;
  }

  /** The room, or the other person, has another name now, or is spelt another way. */
  rename(names: Place['names']): void {
    this.#names = names;
    this.title.value = names[0] ?? '';
    this.reading.keep();
  }

  /** Says a text, of one or more lines. Shown at once. */
  say(text: string): void {
    const re = this.answering.peek()?.id;
    batch(() => {
      this.answering.value = undefined;
      this.reading.markRead();
      this.#utterances.say(`w${this.#around.turn()}`, text, re, this.#around.now());
    });
    void this.timeline.toEnd();
  }

  /** Remembers what was typed, for Up. */
  recall(text: string): void {
    const others = this.#typed.peek().filter((one) => one !== text);
    this.#typed.value = [...others, text].slice(-RECALLED);
  }

  /** A line has come in it. Gives it as it is held. */
  arrive(said: Said): LineEntry {
    const { id, own, text, re, cont } = said;
    if (own && id !== undefined) this.#utterances.heard(id, text, re, cont);
    const line = this.#entryOf(said);
    this.timeline.live(line);
    this.reading.arrived(line, said.old);
    return line;
  }

  markRead(): void {
    this.reading.markRead();
  }

  /** Lines may be missing. `fresh`: one is somebody new to the server, which may count anew, and shows nobody the private lines of who one was. */
  async mend(fresh: boolean): Promise<void> {
    if (fresh) this.reading.renew();
    if (!this.#around.extended.peek() || (fresh && this.kind === 'private')) this.timeline.happened('gap');
    else await this.timeline.mend();
  }

  /** The server speaks the nine words alone: what comes is all there is. */
  startPlain(): void {
    this.reading.startPlain(this.#around.turn());
    this.timeline.startEmpty();
  }

  async toUnread(): Promise<string | undefined> {
    const read = this.reading.before;
    if (read === undefined) return undefined;
    const held = this.timeline.entries.find((entry) => entry.type === 'line');
    if (!held || held.place > read) await this.timeline.around(read);
    const first = this.timeline.entries.find(
      (entry): entry is LineEntry => entry.type === 'line' && entry.place > read && !entry.own,
    );
    return first && this.timeline.keyOf(first);
  }

  async toMessage(id: number): Promise<string | undefined> {
    if (!this.timeline.line(id)) await this.timeline.around(id);
    const line = this.timeline.line(id);
    return line && this.timeline.keyOf(line);
  }

  /** The chat is over: what was not said goes back into the box. */
  abandon(): void {
    this.#draft.prepend(this.#utterances.abandon());
  }

  /** Nothing that one wrote stays on the device, nor with whom one talked. */
  forget(): void {
    this.#draft.forget();
    if (this.kind === 'private') this.#around.device.put(`read:${this.#place}`, undefined);
  }

  /** Lines of the history, oldest first; rejects where there are none to be had. */
  async find(options: HistoryOptions): Promise<readonly LineEntry[]> {
    const { messages } = await this.#history(options);
    return messages.map((line) => this.#entryOf(line));
  }

  /** A line as an item of its own, outside any timeline. */
  alone(line: LineEntry): Message {
    return this.#message([line], true);
  }

  /** What it is kept under on the device: its key, but for another name of the other. */
  get #place(): string {
    return this.kind === 'private' ? `with:${nameKey(this.title.peek())}` : this.key;
  }

  /** One's own texts that were not typed on this page. */
  #saidBefore(): string[] {
    const typed = this.#typed.value;
    return this.timeline.items.value.flatMap((item) =>
      item.type === 'message' && item.own && !typed.includes(item.text) ? item.text : [],
    );
  }

  #entryOf(said: Said): LineEntry {
    const { turn, now, myKey } = this.#around;
    const mention = !said.own && namesOne(said.text, myKey.peek());
    const entry = lineEntry(said, said.id === undefined ? turn() : 0, now(), mention);
    if (said.own && said.id !== undefined) entry.utterance = this.#utterances.of(said.id);
    return entry;
  }

  async #history(options: HistoryOptions): Promise<History> {
    const chat = this.#around.chat();
    if (!chat) throw new Closed();
    const history = await historyOf(chat, this, options);
    this.#around.take();
    return history;
  }

  async #say(text: string, options: SayOptions): Promise<Receipt> {
    const chat = this.#around.chat();
    if (!chat) throw new Closed();
    return await sayAt(chat, this, text, options);
  }

  #changed(): void {
    batch(() => {
      this.timeline.refresh();
      this.#around.waiting();
      this.#draft.keep();
    });
  }

  /** A line of one's own has its receipt: it has its place from now on, whenever it comes itself. */
  #kept(utterance: Utterance, index: number, { id, at }: Receipt): void {
    const { me, turn, now } = this.#around;
    const { text = '' } = utterance.parts[index] ?? {};
    const to = this.kind === 'private' ? this.title.peek() : undefined;
    const re = index === 0 ? utterance.re : undefined;
    const own = { own: true, old: false, private: to !== undefined, cont: index > 0 };
    const said: Said = { type: 'message', id, at, from: me.peek(), to, text, re, ...own };
    const line = lineEntry(said, id === undefined ? turn() : 0, now(), false);
    line.utterance = utterance;
    this.timeline.live(line);
    this.reading.arrived(line, false);
  }

  #refused(error: unknown): Problem {
    const problem = problemOf(error, this.title.peek());
    this.#around.refused(problem);
    return problem;
  }

  #message(lines: readonly LineEntry[], head: boolean): Message {
    return messageOf(lines, head, this.key, this.#utterances, (id) => this.#quote(id));
  }

  #waiting(utterance: Utterance, head: boolean): Message {
    const to = this.kind === 'private' ? this.title.peek() : undefined;
    const who = { conversation: this.key, from: this.#around.me.peek(), to };
    return waitingMessage(utterance, head, who, this.#utterances, (id) => this.#quote(id));
  }

  #quote(id: number): Quoted | undefined {
    return this.timeline.line(id) ?? (this.#around.extended.peek() ? this.#quotes.get(id) : undefined);
  }
}
